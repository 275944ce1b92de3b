"""CommonMark as the texts of digests are read: block for block as `lines` does, with links of every kind."""

from markdown_it import MarkdownIt


class CommonMark(MarkdownIt):
    """CommonMark with tables and strikethrough, without setext headings and indented code (see `lines`)."""

    def __init__(self, *, html: bool) -> None:
        super().__init__("commonmark", {"html": html})
        self.enable(["table", "strikethrough"]).disable(["lheading", "code"])

    def validateLink(self, url: str) -> bool:  # noqa: N802
        """Take every address for a link: whether it may be one is `mkdocs_digest.model.address`'s to say."""
        return True
