import { endpointProblem, gatewayUrl, InvalidEndpointError } from "../endpoint"

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
