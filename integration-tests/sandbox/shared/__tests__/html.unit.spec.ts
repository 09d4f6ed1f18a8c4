import { html, htmlPage } from "../html"

describe("html", () => {
  it("escapes what could end an element or an attribute", () => {
    expect(html`<p title="${`"'`}">${"<script>&"}</p>`.text).toBe(
      '<p title="&quot;&#39;">&lt;script&gt;&amp;</p>'
    )
  })

  it("escapes once, however deep the templates stand in each other", () => {
    expect(html`<div>${html`<b>${"<"}</b>`}</div>`.text).toBe("<div><b>&lt;</b></div>")
  })

  it("escapes the title of a page", () => {
    expect(htmlPage("</title><script>", html`x`)).toContain(
      "<title>&lt;/title&gt;&lt;script&gt;</title>"
    )
  })

  it("fetches nothing", () => {
    expect(htmlPage("A page", html`x`)).not.toMatch(/src=|href=|url\(|@import/)
  })
})
