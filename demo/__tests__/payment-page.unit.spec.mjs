import { createServer } from "node:http"
import { once } from "node:events"
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals"
import { formAction, postedForm } from "../gateways/html-form.mjs"
import { pressButton } from "../gateways/payment-page.mjs"

const page = `<form method="post" action="/pay/1/close">
  <button class="primary" formaction="/pay/1/pay?a=1&amp;b=2">Pay</button>
  <button formaction="/pay/1/decline">Decline</button>
  <button class="quiet"> Close </button></form>`
const wayBack = `<form method="post" action="http://shop.test/payments/x/return">
  <input type="hidden" name="desc" value="Salt &amp; &quot;sugar&quot;" />
  <input type="hidden" name="empty" value="" /></form><script>document.forms[0].submit()</script>`

describe("the forms of a payment page", () => {
  it("fail where there is no such button", () => {
    expect(() => formAction(page, "Pay later")).toThrow('no button "Pay later"')
  })

  it("are sent where the button says", () => {
    expect(formAction(page, "Pay")).toBe("/pay/1/pay?a=1&b=2")
    expect(formAction(page, "Decline")).toBe("/pay/1/decline")
  })

  it("are not taken for a way back while the shopper still has to choose", () => {
    expect(postedForm(page, new URL("http://pay.test"))).toBeUndefined()
  })

  it("lead back with all their fields where the page posts by itself", () => {
    expect(postedForm(wayBack, new URL("http://pay.test"))).toEqual({
      url: "http://shop.test/payments/x/return",
      fields: { desc: 'Salt & "sugar"', empty: "" },
    })
  })
})

describe("pressing a button on a payment page", () => {
  /** @type {string[]} */
  let asked = []
  let url = ""
  const server = createServer(async (request, response) => {
    let body = ""
    for await (const chunk of request) body += chunk
    asked.push(`${request.method} ${request.url} ${body}`.trim())
    switch (request.url) {
      case "/checkout":
        return void response.writeHead(303, { location: "/page" }).end()
      case "/page":
        return void response.end(page)
      case "/pay/1/pay?a=1&b=2":
        return void response.writeHead(302, { location: "http://shop.test/back?paid=1" }).end()
      default:
        return void response.writeHead(500).end("broken")
    }
  })
  beforeEach(async () => {
    asked = []
    await once(server.listen(0, "127.0.0.1"), "listening")
    const address = server.address()
    url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`
  })
  afterEach(async () => {
    server.closeAllConnections()
    await once(server.close(), "close")
  })

  it("fails where the shopper is sent to no page", async () => {
    await expect(pressButton({ type: "none" }, "Pay")).rejects.toThrow('got {"type":"none"}')
  })

  it("fails where the page is broken", async () => {
    const action = /** @type {const} */ ({ type: "redirect", url: `${url}/other` })
    await expect(pressButton(action, "Pay")).rejects.toThrow("answered 500: broken")
  })

  it("posts the form that leads to the page, and says where the browser goes then", async () => {
    const action = /** @type {const} */ ({
      type: "post_form",
      url: `${url}/checkout`,
      fields: { amount: "26.00" },
    })
    expect(await pressButton(action, "Pay")).toEqual({ url: "http://shop.test/back?paid=1" })
    expect(asked).toEqual(["POST /checkout amount=26.00", "GET /page", "POST /pay/1/pay?a=1&b=2"])
  })
})
