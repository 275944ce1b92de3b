"""Which language a text is in: labels first, then script, then letters and common words."""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from string import ascii_letters

from mkdocs_digest.languages import Language
from mkdocs_digest.read.grammar import Grammar

SAMPLE = 600
"""Characters of a text that are looked at; more would tell nothing new."""

_SCRIPTS = {
    "Han": re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+"),
    "Kana": re.compile("[\u3041-\u30fa\u30fd-\u30ff]+"),
    "Kore": re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]+"),
    "Latin": re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]+"),
    "Cyrillic": re.compile("[\u0400-\u052f]+"),
    "Arabic": re.compile("[\u0600-\u06ff\u0750-\u077f]+"),
    "Devanagari": re.compile("[\u0900-\u097f]+"),
    "Greek": re.compile("[\u0370-\u03ff]+"),
    "Hebrew": re.compile("[\u0590-\u05ff]+"),
    "Thai": re.compile("[\u0e00-\u0e7f]+"),
}
_CJK = ("Han", "Latin", "Kana")
"""The scripts in Chinese and Japanese text, the most frequent first."""

_NOT_CJK = tuple(name for name in _SCRIPTS if name not in _CJK)
_ASCII_LETTERS = ascii_letters.encode()
_ASIDE = re.compile(r"https?://\S+|`[^`\n]*`|\]\([^)\n]*\)")
_WORD = re.compile(r"[^\W\d_]+")
_HAN = {"Hans", "Hant", "Jpan"}
_LATIN_WEIGHT = 0.15
"""A text with this share of letters in another script is that script's: technical Chinese is full of English names."""

_FOREIGN_NAMES = 0.03
"""The same for a title, which is short and all the fuller of names."""

_SIMPLIFIED = frozenset(
    "这来时国会为过经还进发动现实点对说们没么个开间问关见长车东话语让认识记许论设证评试该读课调谈请谁谢"
    "业务产种标准华乐机级约红纪纸线组结给络统继续维总战军农办动劳势单卫厂历压县参双变号员团围图场块坚坏声处备复够头"
    "夹夺奖妇妈孙学宁宝实宠审宪宽宾对寻导寿尔尘层岁币师带帮广庆库应庙废异弃张强归录彻径忆忧怀态怜总恋恳恶惊惧惯愤戏户"
    "扑执扩扫扬报担拟拥择挂挥损换据摄摆敌数断无旧显晓权条杀杂极构枪检楼欢欧残毁毕气汇汉沟泪洁测济温湾湿满灭灵"
    "点热爱状独狱环画监盖盘确离积称稳穷笔签简类粮紧纯纲纳纵纷纹细终绍绕绝绩绿缓缩网罗罚职联肃胜脑脸艺节药莱获营虑虽补装"
    "规视览觉触计订讨训议讯讲访诉诊词译诗诚详误诸诺课谋谓谨账质贝负财责贤败货购贯贸费贺资赋赏赛赞赢赵趋跃践轨转轮软轻载较辑"
    "输达迁迈运远连迟适选递遗邮邻郑释里铁银错锁键镇长门闪闭闲阅队阳阴阵阶际陆陈险随隐难雾静韩页顶项顺须预领频题颜额风飞饭饮馆马驻"
    "验骗鱼鲁鸡鸣麦黄齐龙龟"
)
_TRADITIONAL = frozenset(
    "這來時國會為過經還進發動現實點對說們沒麼個開間問關見長車東話語讓認識記許論設證評試該讀課調談請誰謝"
    "業務產種標準華樂機級約紅紀紙線組結給絡統繼續維總戰軍農辦勞勢單衛廠歷壓縣參雙變號員團圍圖場塊堅壞聲處備複夠頭"
    "夾奪獎婦媽孫學寧寶寵審憲寬賓尋導壽爾塵層歲幣師帶幫廣慶庫應廟廢異棄張強歸錄徹徑憶憂懷態憐戀懇惡驚懼慣憤戲戶"
    "撲執擴掃揚報擔擬擁擇掛揮損換據攝擺敵數斷無舊顯曉權條殺雜極構槍檢樓歡歐殘毀畢氣匯漢溝淚潔測濟溫灣濕滿滅靈"
    "熱愛狀獨獄環畫監蓋盤確離積稱穩窮筆簽簡類糧緊純綱納縱紛紋細終紹繞絕績綠緩縮網羅罰職聯肅勝腦臉藝節藥萊獲營慮雖補裝"
    "規視覽覺觸計訂討訓議訊講訪訴診詞譯詩誠詳誤諸諾謀謂謹帳質貝負財責賢敗貨購貫貿費賀資賦賞賽贊贏趙趨躍踐軌轉輪軟輕載較輯"
    "輸達遷邁運遠連遲適選遞遺郵鄰鄭釋鐵銀錯鎖鍵鎮門閃閉閒閱隊陽陰陣階際陸陳險隨隱難霧靜韓頁頂項順須預領頻題顏額風飛飯飲館馬駐"
    "驗騙魚魯雞鳴麥黃齊龍龜"
)
_ONLY_SIMPLIFIED = _SIMPLIFIED - _TRADITIONAL
_ONLY_TRADITIONAL = _TRADITIONAL - _SIMPLIFIED


def script_of(text: str) -> str | None:
    """Return the script family of `text` (Han, Kore, Latin, ...), or None where it has no letters."""
    counts = _counts(text)
    return _family(counts) if counts else None


def detect(text: str, votes: Sequence[Collection[str]], grammar: Grammar, declared: Sequence[str] = ()) -> str | None:
    """Return the language of `text`, or None.

    Each of `votes` is the set of languages one label could be in; a script that none of them is written in overrules
    them. `declared` are the languages the file says it has: they are preferred wherever the text allows it.
    """
    counts = _counts(text)
    family = _family(counts) if counts else None
    voted = _winners(votes)
    fitting = [code for code in voted if family is None or fits(grammar.languages[code], family)]
    pool = fitting or [code for code, item in grammar.languages.items() if family and fits(item, family)]
    pool = [code for code in pool if code in declared] or pool
    if len(pool) <= 1 or family is None:
        return pool[0] if len(pool) == 1 else None
    return _closest(text[:SAMPLE], family, pool, counts, grammar)


def choose(text: str, samples: Mapping[str, str], grammar: Grammar, prior: int = 0) -> str | None:
    """Return which of several languages a short text such as a title is in, or None if in none of them.

    `samples` maps each language to a longer text in it. A word in another script decides against Latin: a Chinese title
    may consist of English names but for a word. Within a script, the words (but names) that only one of the samples
    shares decide beside letters and common words; `prior` speaks for the first of the languages.
    """
    counts = _counts(text)
    family = _family(counts, _FOREIGN_NAMES) if counts else "Latin"
    pool = [code for code in samples if code in grammar.languages and fits(grammar.languages[code], family)]
    if len(pool) <= 1:
        return pool[0] if pool else None
    if family == "Han":
        return _han(text, pool, counts)
    scores = _scores(text, pool, grammar)
    scores[pool[0]] += prior
    words = {word for word in _WORD.findall(text) if word[0].islower() and len(word) > 2}
    known = {code: words & set(_WORD.findall(samples[code].casefold())) for code in pool}
    for code in pool:
        others = set().union(*(known[other] for other in pool if other != code))
        scores[code] += 4 * len(known[code] - others)
    return max(reversed(pool), key=lambda code: scores[code])


def _counts(text: str) -> dict[str, int]:
    """Return the number of letters of each script in the beginning of `text`; CJK text is not searched for others."""
    sample = text[:SAMPLE]
    if "`" in sample or "](" in sample or "//" in sample:
        sample = _ASIDE.sub(" ", sample)
    if sample.isascii():
        latin = len(sample) - len(sample.encode().translate(None, _ASCII_LETTERS))
        return {"Latin": latin} if latin else {}
    counts, rest = _peeled(sample, _CJK)
    if counts["Han"] + counts["Kana"] <= counts["Latin"] + len(sample) // 3:
        counts.update(_peeled(rest, _NOT_CJK)[0])
    return {name: count for name, count in counts.items() if count}


def _peeled(text: str, scripts: Sequence[str]) -> tuple[dict[str, int], str]:
    """Return the number of letters of each of `scripts`, and the text without them, which is quicker to search."""
    counts = {}
    for name in scripts:
        rest = _SCRIPTS[name].sub("", text)
        counts[name] = len(text) - len(rest)
        text = rest
    return counts, text


def _family(counts: dict[str, int], weight: float = _LATIN_WEIGHT) -> str:
    han = counts.get("Han", 0) + counts.get("Kana", 0)
    rest = {name: count for name, count in counts.items() if name not in ("Han", "Kana", "Latin")}
    name = max(rest, key=lambda key: rest[key]) if rest else "Han"
    count = rest.get(name, 0)
    if name == "Kore" and count >= _LATIN_WEIGHT * han:
        count += han
    if han > count:
        name, count = "Han", han
    return name if count and count >= weight * counts.get("Latin", 0) else "Latin"


def fits(language: Language, family: str) -> bool:
    """Say whether a language is written in a script family."""
    return language.script in _HAN if family == "Han" else language.script == family


def _winners(votes: Sequence[Collection[str]]) -> list[str]:
    tally: dict[str, int] = {}
    for langs in votes:
        for code in langs:
            tally[code] = tally.get(code, 0) + 1
    best = max(tally.values(), default=0)
    return [code for code, count in tally.items() if count == best]


def _closest(text: str, family: str, pool: list[str], counts: dict[str, int], grammar: Grammar) -> str | None:
    if family == "Han":
        return _han(text, pool, counts)
    scores = _scores(text, pool, grammar)
    best = max(pool, key=lambda code: scores[code])
    return best if scores[best] else None


def _scores(text: str, pool: Collection[str], grammar: Grammar) -> dict[str, int]:
    words = Counter(_WORD.findall(text.casefold()))
    letters = Counter(text.casefold())

    def score(code: str) -> int:
        language = grammar.languages[code]
        common = sum(words[word] for word in language.function_words.intersection(words) if len(word) > 1)
        return 3 * common + 2 * sum(letters[char] for char in language.letters.intersection(letters))

    return {code: score(code) for code in pool}


def _han(text: str, pool: list[str], counts: dict[str, int]) -> str | None:
    kana, han = counts.get("Kana", 0), counts.get("Han", 0)
    if "ja" in pool and kana >= 2 and kana * 12 >= han:
        return "ja"
    traditional = sum(map(_ONLY_TRADITIONAL.__contains__, text))
    simplified = sum(map(_ONLY_SIMPLIFIED.__contains__, text))
    ranked = ("zh-Hant", "zh", "ja") if traditional > simplified else ("zh", "zh-Hant", "ja")
    return next((code for code in ranked if code in pool), None)
