import { CallLog } from "../call-log"
import { type FaultInput, Faults } from "../faults"
import {
  jsonReply,
  matchRoute,
  PortTakenError,
  type Route,
  type SandboxRequest,
  type SandboxServer,
  startServer,
} from "../server"

/** A gateway with one call, which counts how often it acted. */
describe("startServer", () => {
  let server: SandboxServer
  let faults: Faults
  let calls: CallLog
  let acted: number

  const start = (port = 0) =>
    startServer({
      port,
      faults,
      calls,
      gatewayRoutes: [
        {
          method: "POST",
          path: "/act",
          handle: () => {
            acted += 1
            return jsonReply(200, { done: true })
          },
        },
        {
          method: "POST",
          path: "/orders/:id",
          faultPath: ({ query }) => `/orders/:id#${query.get("do")}`,
          handle: () => jsonReply(200, { done: true }),
        },
        {
          method: "POST",
          path: "/broken",
          handle: () => {
            throw new Error("a mistake in a sandbox")
          },
        },
      ],
      controlRoutes: [{ method: "GET", path: "/_sandbox/ping", handle: () => jsonReply(200, {}) }],
      refuse: (problem) => jsonReply(problem === "unauthorized" ? 401 : 400, { problem }),
    })

  beforeEach(async () => {
    acted = 0
    faults = new Faults()
    calls = new CallLog({ now: Date.now, secretFields: [], headers: [] })
    server = await start()
  })

  afterEach(() => server.close())

  const act = (init: RequestInit = {}) =>
    fetch(`${server.url}/act`, { method: "POST", redirect: "manual", ...init })

  it.each([
    ["/nowhere", "POST", "unknown-path"],
    ["/act", "GET", "wrong-method"],
  ])("refuses %s by %s in the gateway's words", async (path, method, problem) => {
    const response = await fetch(server.url + path, { method })
    expect(await response.json()).toEqual({ problem })
    expect(calls.count(path)).toBe(1)
  })

  it("refuses a body that is too large, and does not act", async () => {
    const response = await act({ body: "x".repeat(1024 * 1024 + 1) })
    expect(await response.json()).toEqual({ problem: "body-too-large" })
    expect(acted).toBe(0)
  })

  it("says so when the sandbox itself is at fault", async () => {
    const response = await fetch(`${server.url}/broken`, { method: "POST" })
    expect(response.status).toBe(500)
    expect(await response.text()).toContain("a mistake in a sandbox")
  })

  it("names the port that is taken", async () => {
    const port = Number(new URL(server.url).port)
    await expect(start(port)).rejects.toThrow(PortTakenError)
    await expect(start(port)).rejects.toThrow(String(port))
  })

  it("strikes only the call that is meant where one path serves several", async () => {
    faults.add({ kind: "http-error", path: "/orders/:id#refund" })
    const ask = (what: string) => fetch(`${server.url}/orders/1?do=${what}`, { method: "POST" })
    expect((await ask("query")).status).toBe(200)
    expect((await ask("refund")).status).toBe(500)
    expect((await ask("refund")).status).toBe(200)
  })

  it("keeps its own controls out of faults and of the call log", async () => {
    faults.add({ kind: "http-error", path: "*" })
    expect((await fetch(`${server.url}/_sandbox/ping`)).status).toBe(200)
    expect(calls.count()).toBe(0)
    expect((await act()).status).toBe(500)
  })

  it("ends connections that get no answer when it is closed", async () => {
    faults.add({ kind: "black-hole", path: "/act" })
    const call = expect(act()).rejects.toThrow()
    while (calls.count("/act") === 0) await new Promise(setImmediate)
    await server.close()
    await call
  })

  it("does not act any more on a call that was late when it was closed", async () => {
    faults.add({ kind: "latency", path: "/act", ms: 50 })
    const call = expect(act()).rejects.toThrow()
    while (calls.count("/act") === 0) await new Promise(setImmediate)
    await server.close()
    await call
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(acted).toBe(0)
  })

  describe("under a fault", () => {
    const inject = (fault: FaultInput) => faults.add(fault)

    /** Calls, and hangs up as soon as the call has come in. */
    async function actAndHangUp() {
      const hangUp = new AbortController()
      const call = expect(act({ signal: hangUp.signal })).rejects.toThrow()
      while (calls.count("/act") === 0) await new Promise(setImmediate)
      hangUp.abort()
      await call
    }

    it("acts late, also for a client that has hung up", async () => {
      inject({ kind: "latency", path: "/act", ms: 300 })
      await actAndHangUp()
      expect(acted).toBe(0)
      while (acted === 0) await new Promise((resolve) => setTimeout(resolve, 5))
    })

    it("acts and loses the answer", async () => {
      inject({ kind: "answer-lost", path: "/act" })
      await expect(act()).rejects.toThrow()
      expect(acted).toBe(1)
    })

    it("resets the connection and does not act", async () => {
      inject({ kind: "reset-before-acting", path: "/act" })
      await expect(act()).rejects.toMatchObject({ cause: { code: "ECONNRESET" } })
      expect(acted).toBe(0)
    })

    it.each([true, false])("never answers, having acted: %s", async (acts) => {
      inject({ kind: "black-hole", path: "/act", acts })
      await actAndHangUp()
      expect(acted).toBe(acts ? 1 : 0)
    })

    it.each([true, false])("answers 500, having acted: %s", async (acts) => {
      inject({ kind: "http-error", path: "/act", acts })
      expect((await act()).status).toBe(500)
      expect(acted).toBe(acts ? 1 : 0)
    })

    it("answers with a page in place of JSON", async () => {
      inject({ kind: "html", path: "/act" })
      const response = await act()
      expect(response.status).toBe(200)
      expect(response.headers.get("content-type")).toContain("text/html")
      expect(acted).toBe(0)
    })

    it("acts and answers JSON of another shape", async () => {
      inject({ kind: "wrong-shape", path: "/act", answer: { success: "yes" } })
      expect(await (await act()).json()).toEqual({ success: "yes" })
      expect(acted).toBe(1)
    })

    it("acts and sends half of the answer", async () => {
      inject({ kind: "half-answer", path: "/act" })
      const response = await act()
      expect(response.status).toBe(200)
      await expect(response.text()).rejects.toThrow()
      expect(acted).toBe(1)
    })

    it("streams a body of 50 MB where no size is given", async () => {
      inject({ kind: "huge-body", path: "/act" })
      let size = 0
      for await (const chunk of (await act()).body ?? []) size += chunk.length
      expect(size).toBeGreaterThanOrEqual(50 * 1024 * 1024)
    })

    it("stops streaming when the client has had enough", async () => {
      inject({ kind: "huge-body", path: "/act" })
      await (await act()).body?.cancel()
      expect((await act()).status).toBe(200)
    })

    it("redirects to another host with the body", async () => {
      inject({ kind: "redirect", path: "/act", location: "http://evil.example/act" })
      const response = await act()
      expect(response.status).toBe(307)
      expect(response.headers.get("location")).toBe("http://evil.example/act")
      expect(acted).toBe(0)
    })

    it("answers 401 in the gateway's words and does not act", async () => {
      inject({ kind: "unauthorized", path: "/act" })
      const response = await act()
      expect(response.status).toBe(401)
      expect(await response.json()).toEqual({ problem: "unauthorized" })
      expect(acted).toBe(0)
    })
  })
})

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

describe("Faults", () => {
  it("refuses a kind that does not exist, and says so", () => {
    expect(() => new Faults().addUnchecked({ kind: "gremlin", path: "/a" })).toThrow(/Not a fault/)
  })

  it("refuses a field that the kind does not have", () => {
    expect(() =>
      new Faults().addUnchecked({ kind: "answer-lost", path: "/a", status: 500 })
    ).toThrow(/status/)
  })

  it("refuses to strike zero times", () => {
    expect(() => new Faults().add({ kind: "answer-lost", path: "/a", times: 0 })).toThrow(/times/)
  })

  it("leaves other paths alone", () => {
    const faults = new Faults()
    faults.add({ kind: "answer-lost", path: "/a" })
    expect(faults.strike("/b")).toEqual({ latencyMs: 0, fault: undefined })
    expect(faults.waiting()).toHaveLength(1)
  })

  it("strikes once where nothing else is said", () => {
    const faults = new Faults()
    faults.add({ kind: "answer-lost", path: "/a" })
    expect(faults.strike("/a").fault?.kind).toBe("answer-lost")
    expect(faults.strike("/a").fault).toBeUndefined()
    expect(faults.waiting()).toEqual([])
  })

  it("strikes as often as it was told", () => {
    const faults = new Faults()
    faults.add({ kind: "unauthorized", path: "/a", times: 2 })
    expect([1, 2, 3].map(() => faults.strike("/a").fault?.kind)).toEqual([
      "unauthorized",
      "unauthorized",
      undefined,
    ])
  })

  it("strikes for ever until it is cleared", () => {
    const faults = new Faults()
    faults.add({ kind: "unauthorized", path: "*", times: "forever" })
    for (let call = 0; call < 50; call += 1) expect(faults.strike(`/${call}`).fault).toBeDefined()
    faults.clear()
    expect(faults.strike("/a").fault).toBeUndefined()
  })

  it("strikes in the order the faults were added", () => {
    const faults = new Faults()
    faults.add({ kind: "http-error", path: "/a" })
    faults.add({ kind: "html", path: "/a" })
    expect(faults.strike("/a").fault?.kind).toBe("http-error")
    expect(faults.strike("/a").fault?.kind).toBe("html")
  })

  it("adds latency to another fault of the same call", () => {
    const faults = new Faults()
    faults.add({ kind: "answer-lost", path: "/a" })
    faults.add({ kind: "latency", path: "/a", ms: 30 })
    expect(faults.strike("/a")).toMatchObject({ latencyMs: 30, fault: { kind: "answer-lost" } })
  })
})

function request(contentType: string, body: string): SandboxRequest {
  return {
    method: "POST",
    path: "/a",
    target: "/a?page=1",
    params: {},
    query: new URLSearchParams("page=1"),
    headers: { "content-type": contentType, cookie: "unwanted" },
    body: Buffer.from(body),
  }
}

function logOf(...requests: SandboxRequest[]): CallLog {
  const log = new CallLog({ now: () => 0, secretFields: ["secret"], headers: ["content-type"] })
  for (const each of requests) log.record(each)
  return log
}

describe("CallLog", () => {
  it("masks what is secret in a form and in JSON", () => {
    const log = logOf(
      request("application/x-www-form-urlencoded", "secret=s3&name=n"),
      request("application/json; charset=utf-8", '{"secret":"s3","name":"n"}')
    )
    for (const call of log.list()) {
      expect(call.fields).toEqual({ page: "1", name: "n", secret: "***" })
    }
  })

  it("keeps only the headers it was told to keep", () => {
    expect(logOf(request("text/plain", "")).list()[0]?.headers).toEqual({
      "content-type": "text/plain",
    })
  })

  it("bears a body that is not what its type says", () => {
    expect(logOf(request("application/json", "{")).list()[0]?.fields).toEqual({ page: "1" })
  })

  it("counts by path and forgets when told to", () => {
    const log = logOf(request("text/plain", ""), request("text/plain", ""))
    expect(log.count("/a")).toBe(2)
    expect(log.count("/b")).toBe(0)
    log.clear()
    expect(log.count()).toBe(0)
  })
})
