import type { GatewayCall } from "../gateway-call"
import { GatewayNotSentError } from "../gateway-error"
import { Secret } from "../secret"
import { wireRequest } from "../wire-request"

const base = { origin: "https://api.example.com", basePath: "/v1" }
const plain: GatewayCall = { operation: "query", method: "POST", path: "/orders", reads: true }
const written = (call: Partial<GatewayCall>) => wireRequest("acme", base, { ...plain, ...call })

describe("wireRequest", () => {
  it.each([
    ["orders"],
    [""],
    ["/a?b=c"],
    ["/a#b"],
    ["/a b"],
    ["/a\\b"],
    ["/a\n"],
    ["/é"],
    ["/../token"],
    ["/a/%2E%2e/b"],
    ["/a/."],
    ["/{missing}"],
  ])("refuses the path %p before anything is sent", (path) => {
    expect(() => written({ path })).toThrow(GatewayNotSentError)
  })

  it.each(["", ".", "..", "\ud800"])("refuses %p in a path's place", (id) => {
    expect(() => written({ path: "/orders/{id}", pathParams: { id } })).toThrow(
      "acme query: the request could not be written as HTTP (its path parameter id is missing or not usable)"
    )
  })

  it("encodes what stands in a path's place, so that it can't lead to another call", () => {
    const { url } = written({ path: "/orders/{id}/x", pathParams: { id: "../token?a=b#é" } })
    expect(url).toBe("https://api.example.com/v1/orders/..%2Ftoken%3Fa%3Db%23%C3%A9/x")
  })

  it("does not take a path's value from the prototype", () => {
    expect(() => written({ path: "/{constructor}" })).toThrow(GatewayNotSentError)
  })

  it("writes a query as forms do", () => {
    expect(written({ query: { a: "1 2", "b.c": "&=é'" } }).url).toBe(
      "https://api.example.com/v1/orders?a=1+2&b.c=%26%3D%C3%A9%27"
    )
    expect(written({ query: {} }).url).toBe("https://api.example.com/v1/orders")
  })

  it("writes dotted form fields, and reveals the secret ones only here", () => {
    const form = { "shop.id": "42", key: Secret.of("a+b &é") }
    expect(written({ body: { form } })).toMatchObject({
      data: "shop.id=42&key=a%2Bb+%26%C3%A9",
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
    })
  })

  it("leaves JSON exactly as it is given", () => {
    const json = ' {"b":1,  "a":"é\\u00e9"}\n'
    expect(written({ body: { json } })).toMatchObject({
      data: json,
      headers: { "Content-Type": "application/json" },
    })
  })

  it("names no content type where there is no body", () => {
    expect(written({})).toMatchObject({ data: undefined, headers: { "Content-Type": false } })
  })

  it("refuses a header that HTTP can't hold instead of sending another, and does not show it", () => {
    const headers = { authorization: Secret.of("Bearer marked\r\nx: y") }
    expect(() => written({ headers })).toThrow(/its header authorization holds characters/)
    expect(() => written({ headers })).not.toThrow(/marked/)
  })
})
