"""JSON-LD: each page as a graph of schema.org's types, whose nodes have the same `@id` wherever they are named."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from markupsafe import Markup

from mkdocs_digest.library.library import Item, Library
from mkdocs_digest.library.listing import ListingPage
from mkdocs_digest.model.digest import Translation
from mkdocs_digest.write.article import QuestionBlock
from mkdocs_digest.write.excerpt import shorten
from mkdocs_digest.write.metadata.facts import PageFacts, Publication
from mkdocs_digest.write.metadata.image import image_of
from mkdocs_digest.write.timestamp import rfc3339
from mkdocs_digest.write.view import Viewer

Node = dict[str, Any]

_LONGEST_HEADLINE = 110
_UNSAFE = "<>&\u2028\u2029"
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def write_graph(home: str, nodes: Iterable[Node] = ()) -> str:
    """Return the graph of a page as the text of a `script` element: no character in it ends that or opens a comment.

    Every page's has the nodes of the home page, which `write_home_nodes` returns, before its own.
    """
    return f'{{"@context":"https://schema.org","@graph":[{",".join(filter(None, (home, _written(nodes))))}]}}'


def write_home_nodes(publication: Publication) -> str:
    """Return what the graphs of all pages begin with: the site in one language, and who publishes it."""
    publisher, address = _publisher_id(publication), publication.address
    nodes: list[Node] = [
        {"@type": "Organization", "@id": publisher, "name": publication.name, "url": address(publication.root)},
        {
            "@type": "WebSite",
            "@id": _website_id(publication),
            "url": address(publication.home),
            "name": publication.name,
            "description": publication.description,
            "inLanguage": publication.lang,
            "publisher": {"@id": publisher},
        },
    ]
    return _written(nodes)


def _written(nodes: Iterable[Node]) -> str:
    """Return nodes parted by commas."""
    return _json(list(map(_filled, nodes)))[1:-1]


def write_text(text: str) -> str:
    """Return a text as it stands between quotes in a graph."""
    return _json(text)[1:-1]


def _json(value: object) -> str:
    text = _ENCODER.encode(value)
    for char in _UNSAFE:  # many times faster than `translate`
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


def digest_graph(
    item: Item, questions: Iterable[QuestionBlock], page: PageFacts, viewer: Viewer, publication: Publication
) -> list[Node]:
    """Return the nodes of a digest's page; one that borrows its text leaves the article itself to another page."""
    url = publication.address(page.url)
    article = _article_id(page.canonical, publication)
    index = (viewer.words("digests"), viewer.url(viewer.library.urls.index()))
    trail = [_home_crumb(viewer, publication), index, (page.title, page.url)]
    page_node = _web_page("WebPage", url, page, publication)
    graph = [{**page_node, "mainEntity": {"@id": article}}]
    if page.url == page.canonical:
        translation = item.shown(viewer.lang, viewer.library.langs)
        parts = [_question(url, number, question) for number, question in enumerate(questions, 1)]
        graph.append({**_article(item, translation, page, viewer, publication), "hasPart": parts})
    return [*graph, _breadcrumbs(url, trail, publication)]


def listing_graph(view: ListingPage, page: PageFacts, viewer: Viewer, publication: Publication) -> list[Node]:
    """Return the nodes of a page that lists digests or groups of them."""
    url = publication.address(page.canonical)
    above = [(listing.title, viewer.url(listing.place)) for listing in view.trail]
    trail = [_home_crumb(viewer, publication), *above, (page.title, page.canonical)]
    collection = {
        **_web_page("CollectionPage", url, page, publication),
        "dateModified": view.changed and rfc3339(view.changed),
        "mainEntity": _item_list(url, view, viewer, publication),
    }
    return [collection, _breadcrumbs(url, trail, publication)]


def _web_page(kind: str, url: str, page: PageFacts, publication: Publication) -> Node:
    return {
        "@type": kind,
        "@id": url,
        "url": url,
        "name": page.title,
        "description": page.description,
        "inLanguage": publication.lang,
        "isPartOf": {"@id": _website_id(publication)},
        "breadcrumb": {"@id": f"{url}#breadcrumb"},
    }


def _article(item: Item, translation: Translation, page: PageFacts, viewer: Viewer, publication: Publication) -> Node:
    url = publication.address(page.url)
    publisher = {"@id": _publisher_id(publication)}
    return {
        "@type": "NewsArticle",
        "@id": _article_id(page.url, publication),
        "url": url,
        "mainEntityOfPage": {"@id": url},
        "headline": shorten(page.title, _LONGEST_HEADLINE),
        "description": page.description,
        "image": image_of(item, publication),
        "inLanguage": translation.lang,
        "datePublished": item.moment and rfc3339(item.moment),
        "dateModified": item.changed and rfc3339(item.changed),
        "keywords": [tag.name(viewer.lang) for tag in item.tags],
        "author": publisher,
        "publisher": publisher,
        "isPartOf": {"@id": _website_id(publication)},
        **_original(item, viewer),
        **_translations(item, translation, viewer.library, publication),
    }


def _original(item: Item, viewer: Viewer) -> Node:
    """Return what a digest is based on: the article at its source."""
    source = viewer.entry(item).source
    if source is None:
        return {}
    publisher = {"@type": "Organization", "name": item.source.name(viewer.lang)} if item.source else None
    original = {"@type": "CreativeWork", "@id": source.url, "url": source.url, "publisher": publisher}
    return {"isBasedOn": _filled(original), "citation": {"@id": source.url}}


def _translations(item: Item, translation: Translation, library: Library, publication: Publication) -> Node:
    """Return the links between the editions of a digest: its file's first language counts as the original."""
    translated = library.translated(item)
    langs = [lang for lang in item.digest.langs if lang in translated]
    if translation.lang not in langs or len(langs) == 1:
        return {}
    first, *others = [{"@id": _article_id(library.urls.url(item.place, lang), publication)} for lang in langs]
    return {"workTranslation": others} if translation.lang == langs[0] else {"translationOfWork": first}


def _question(url: str, number: int, question: QuestionBlock) -> Node:
    id_ = f"{url}#q{number}"
    answer = Markup(question.answer).striptags()
    node = {"@type": "Question", "@id": id_, "url": id_, "name": question.text}
    return {**_filled(node), **({"acceptedAnswer": {"@type": "Answer", "text": answer, "url": id_}} if answer else {})}


def _item_list(url: str, view: ListingPage, viewer: Viewer, publication: Publication) -> Node:
    listing = view.listing
    entries = [viewer.entry(item) for item in view.items]
    links = [(entry.title, entry.url) for entry in entries] or [
        (child.title, viewer.url(child.place)) for child in listing.children
    ]
    return {
        "@type": "ItemList",
        "@id": f"{url}#list",
        "numberOfItems": len(listing.items if entries else listing.children),
        "itemListElement": _list_items("url", links, publication),
    }


def _breadcrumbs(url: str, trail: Sequence[tuple[str, str]], publication: Publication) -> Node:
    steps = [(title, place) for place, title in {place: title for title, place in trail}.items()]
    return {
        "@type": "BreadcrumbList",
        "@id": f"{url}#breadcrumb",
        "itemListElement": _list_items("item", steps, publication),
    }


def _list_items(key: str, links: Iterable[tuple[str, str]], publication: Publication) -> list[Node]:
    return [
        {"@type": "ListItem", "position": at, "name": title, key: publication.address(url)}
        for at, (title, url) in enumerate(links, 1)
    ]


def _home_crumb(viewer: Viewer, publication: Publication) -> tuple[str, str]:
    return viewer.words("home"), publication.home


def _article_id(url: str, publication: Publication) -> str:
    return f"{publication.address(url)}#article"


def _publisher_id(publication: Publication) -> str:
    return f"{publication.address(publication.root)}#publisher"


def _website_id(publication: Publication) -> str:
    return f"{publication.address(publication.home)}#website"


def _filled(node: Node) -> Node:
    """Return a node without the properties that have no value."""
    return {key: value for key, value in node.items() if value not in (None, "", [])}
