import { GatewayNotSentError } from "../errors"
import {
  endpointProblem,
  type GatewayCall,
  gatewayUrl,
  InvalidEndpointError,
  wireRequest,
} from "../request"
import { Secret } from "../secret"

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

describe("endpointProblem", () => {
  it.each([
    ["http://api.example.com", "must begin with https://"],
    ["http://10.0.0.1", "must begin with https://"],
    ["http://127.0.0.1.example.com", "must begin with https://"],
    ["http://localhost.example.com", "must begin with https://"],
    ["http://[::ffff:10.0.0.1]", "must begin with https://"],
    ["http://0.0.0.0", "must begin with https://"],
    ["https://user:word@example.com", "must not contain a user name or password"],
    ["https://user@example.com", "must not contain a user name or password"],
    ["https://example.com/?key=1", "must not contain a query"],
    ["https://example.com/?", "must not contain a query"],
    ["https://example.com/#top", "must not contain a query"],
    ["ftp://example.com", "must be an address such as"],
    ["file:///etc/passwd", "must be an address such as"],
    ["data:text/plain,x", "must be an address such as"],
    ["api.example.com", "must be an address such as"],
    ["https://", "must be an address such as"],
    ["", "must be an address such as"],
    [" https://example.com", "must not contain blanks"],
    ["https://exam\nple.com", "must not contain blanks"],
  ])("says of %p that it %s", (address, problem) => {
    expect(endpointProblem(address)).toContain(problem)
  })

  it.each([
    "https://api.example.com",
    "https://api.example.com:8443/v1/",
    "http://localhost:9000",
    "http://127.0.0.1:3000",
    "http://127.8.9.10",
    "http://127.1",
    "http://[::1]:3000",
  ])("finds nothing wrong with %p", (address) => {
    expect(endpointProblem(address)).toBeUndefined()
  })
})

describe("gatewayUrl", () => {
  it("gives the normal form without a slash at the end", () => {
    expect(gatewayUrl("https://API.example.com:443/", { name: "acme" })).toBe(
      "https://api.example.com"
    )
    expect(gatewayUrl("https://api.example.com/v1//", { name: "acme" })).toBe(
      "https://api.example.com/v1"
    )
  })

  it("names the gateway and never repeats the address", () => {
    const fault = () => gatewayUrl("https://user:marked-word@example.com", { name: "acme" })
    expect(fault).toThrow(InvalidEndpointError)
    expect(fault).toThrow(/^acme: the base address must not contain a user name/)
    expect(fault).not.toThrow(/marked-word/)
  })
})
