"""The library: all digests of a site in total order, and every listing made of them."""
