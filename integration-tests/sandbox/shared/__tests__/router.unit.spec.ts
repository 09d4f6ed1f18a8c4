import { jsonReply, matchRoute, type Route } from "../server"

const handle = () => jsonReply(200, {})
const routes: Route[] = [
  { method: "GET", path: "/orders/:orderNo", handle },
  { method: "POST", path: "/orders/:orderNo/pay", handle },
]

describe("matchRoute", () => {
  it("does not know a path with a segment more", () => {
    expect(matchRoute(routes, "GET", "/orders/A/b/c").kind).toBe("unknown-path")
  })

  it("does not take an empty segment for a name", () => {
    expect(matchRoute(routes, "GET", "/orders/").kind).toBe("unknown-path")
  })

  it("does not fall over a segment that can't be decoded", () => {
    expect(matchRoute(routes, "GET", "/orders/%E0%A4%A").kind).toBe("unknown-path")
  })

  it("tells a wrong method from an unknown path", () => {
    expect(matchRoute(routes, "DELETE", "/orders/A").kind).toBe("wrong-method")
  })

  it("takes a slash at the end only where the route bears it, and still knows it by one path", () => {
    const route: Route = { method: "GET", path: "/init", mayEndWithSlash: true, handle }
    expect(matchRoute([route], "GET", "/init/")).toMatchObject({ kind: "found", route })
    expect(matchRoute([route], "GET", "/init")).toMatchObject({ kind: "found", route })
    expect(matchRoute([route], "GET", "/init//").kind).toBe("unknown-path")
    expect(matchRoute([{ ...route, mayEndWithSlash: false }], "GET", "/init/").kind).toBe(
      "unknown-path"
    )
  })

  it("hands over the decoded segment", () => {
    expect(matchRoute(routes, "POST", "/orders/A%2F1/pay")).toMatchObject({
      kind: "found",
      params: { orderNo: "A/1" },
    })
  })
})
