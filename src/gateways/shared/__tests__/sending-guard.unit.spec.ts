import { createAccessTokenSource } from "../access-token"
import { guardSending } from "../sending-guard"
import { charge, client, loopbacks, query } from "./gateway-http"

describe("a call that is guarded", () => {
  const lost = new Error("another server has it")
  const served = async (handle: (path: string) => number) => {
    const paths: string[] = []
    const { url } = await loopbacks.http(({ url: path = "" }, response) => {
      paths.push(path)
      response.statusCode = handle(path)
      response.end("{}")
    })
    return { http: client(url), paths }
  }

  it("is not sent where its guard throws after the access token was fetched, and throws that", async () => {
    const { http, paths } = await served(() => 200)
    let isHeld = true
    const tokens = createAccessTokenSource({
      gateway: "acme",
      fetch: async () => {
        await http.send(query)
        isHeld = false
        return { token: "t1", lifetimeMs: 60_000 }
      },
    })
    const guard = async () => {
      if (!isHeld) {
        throw lost
      }
    }
    const sent = guardSending(guard, () => tokens.withToken(() => http.send(charge)))
    await expect(sent).rejects.toBe(lost)
    expect(paths).toEqual(["/query"])
  })

  it("is guarded once more when it is repeated with another token", async () => {
    const { http, paths } = await served((path) => (path === "/charge" ? 401 : 200))
    const tokens = createAccessTokenSource({
      gateway: "acme",
      fetch: async () => ({ token: "t1", lifetimeMs: 60_000 }),
    })
    let looks = 0
    const guard = async () => {
      looks += 1
      if (looks === 2) {
        throw lost
      }
    }
    const sent = guardSending(guard, () => tokens.withToken(() => http.send(charge)))
    await expect(sent).rejects.toBe(lost)
    expect(paths).toEqual(["/charge"])
  })

  it("is no other server's business: its guard tells nothing of the host, and a question has none", async () => {
    const { http } = await served(() => 200)
    const guard = () => Promise.reject(lost)
    for (let count = 0; count < 20; count += 1) {
      await expect(guardSending(guard, () => http.send(charge))).rejects.toBe(lost)
    }
    await expect(guardSending(guard, () => http.send(query))).resolves.toBeDefined()
    await expect(http.send(charge)).resolves.toBeDefined()
  })
})
