"""The pages of a site, as MkDocs and the theme see them."""
