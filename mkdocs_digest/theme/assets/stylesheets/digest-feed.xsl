<?xml version="1.0" encoding="UTF-8"?>
<!-- What a browser shows of a feed (Atom or RSS): its title, where to subscribe, and its entries. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:atom="http://www.w3.org/2005/Atom"
    xmlns:dc="http://purl.org/dc/elements/1.1/"
    exclude-result-prefixes="atom dc">
  <xsl:output method="html" encoding="UTF-8" doctype-system="about:legacy-compat"/>

  <xsl:template match="/atom:feed">
    <xsl:call-template name="page">
      <xsl:with-param name="title" select="atom:title"/>
      <xsl:with-param name="subtitle" select="atom:subtitle"/>
      <xsl:with-param name="home" select="atom:link[@rel='alternate']/@href"/>
      <xsl:with-param name="self" select="atom:link[@rel='self']"/>
      <xsl:with-param name="entries" select="atom:entry"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="/rss">
    <xsl:call-template name="page">
      <xsl:with-param name="title" select="channel/title"/>
      <xsl:with-param name="subtitle" select="channel/description[. != ../title]"/>
      <xsl:with-param name="home" select="channel/link"/>
      <xsl:with-param name="self" select="channel/atom:link[@rel='self']"/>
      <xsl:with-param name="entries" select="channel/item"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="page">
    <xsl:param name="title"/>
    <xsl:param name="subtitle"/>
    <xsl:param name="home"/>
    <xsl:param name="self"/>
    <xsl:param name="entries"/>
    <html lang="{/*/@xml:lang}">
      <head>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta name="color-scheme" content="light dark"/>
        <title><xsl:value-of select="$title"/></title>
        <link rel="icon" href="data:,"/>
        <style>
          :root { --text: #1c1c1e; --quiet: #5f6368; --line: #d9dbe0; --link: #00639c; --back: #fff; --box: #f4f5f7 }
          @media (prefers-color-scheme: dark) {
            :root { --text: #e6e6ea; --quiet: #a2a6b0; --line: #3a3d46; --link: #7cc3f5; --back: #1e2129; --box: #282c36 }
          }
          * { box-sizing: border-box }
          /* Chromium tells readers that XSLT goes away; feeds name a plain style sheet for that day. */
          xslt-warning-banner { display: none !important }
          body { max-width: 44rem; margin: 0 auto; padding: 2rem 1rem 4rem; background: var(--back); color: var(--text);
                 font: 1rem/1.65 system-ui, sans-serif; overflow-wrap: anywhere }
          a { color: var(--link); text-decoration: none }
          a:hover, a:focus-visible { text-decoration: underline }
          h1 { margin: 0 0 .4rem; font-size: 1.7rem; line-height: 1.3 }
          h2 { margin: 0 0 .2rem; font-size: 1.15rem; line-height: 1.4 }
          p { margin: .3rem 0 0 }
          article { padding: 1.2rem 0; border-top: 1px solid var(--line) }
          .quiet { color: var(--quiet); font-size: .85rem }
          .subscribe { margin: 1.2rem 0 2rem; padding: .8rem 1rem; border: 1px solid var(--line); border-radius: .4rem;
                       background: var(--box) }
          .subscribe code { font-size: .85rem }
          .tag { display: inline-block; margin-inline-end: .6rem }
        </style>
      </head>
      <body>
        <header>
          <h1 dir="auto"><a href="{$home}"><xsl:value-of select="$title"/></a></h1>
          <xsl:if test="$subtitle"><p dir="auto"><xsl:value-of select="$subtitle"/></p></xsl:if>
          <div class="subscribe">
            <strong><xsl:value-of select="$self/@title"/></strong>
            <p><code><xsl:value-of select="$self/@href"/></code></p>
          </div>
        </header>
        <main><xsl:apply-templates select="$entries"/></main>
      </body>
    </html>
  </xsl:template>

  <xsl:template match="atom:entry | item">
    <article>
      <xsl:if test="@xml:lang"><xsl:attribute name="lang"><xsl:value-of select="@xml:lang"/></xsl:attribute></xsl:if>
      <h2 dir="auto">
        <a href="{atom:link[@rel='alternate']/@href | link}"><xsl:value-of select="atom:title | title"/></a>
      </h2>
      <div class="quiet" dir="auto">
        <xsl:choose>
          <xsl:when test="atom:published">
            <time datetime="{atom:published}"><xsl:value-of select="substring(atom:published, 1, 10)"/></time>
          </xsl:when>
          <xsl:when test="pubDate"><time><xsl:value-of select="substring(pubDate, 6, 11)"/></time></xsl:when>
        </xsl:choose>
        <xsl:for-each select="atom:author/atom:name | dc:creator"> · <xsl:value-of select="."/></xsl:for-each>
      </div>
      <p dir="auto"><xsl:value-of select="atom:summary"/><xsl:value-of select="description" disable-output-escaping="yes"/></p>
      <xsl:if test="atom:category | category">
        <p class="quiet" dir="auto">
          <xsl:for-each select="atom:category/@label | category">
            <span class="tag"><xsl:value-of select="."/></span>
          </xsl:for-each>
        </p>
      </xsl:if>
    </article>
  </xsl:template>
</xsl:stylesheet>
