"""The writing of a site: pages by the thousand, feeds, search indexes and the sitemap."""
