import type * as client from "../client"

type Dashboard = { backendUrl?: string; authType?: "session" | "jwt"; token?: string }

/** A client in a dashboard that was built with these options, at `https://admin.test`. */
async function clientIn({ backendUrl, authType, token }: Dashboard): Promise<typeof client> {
  const stored = new Map(token === undefined ? [] : [["own_key", token]])
  const localStorage = { getItem: (name: string) => stored.get(name) ?? null, setItem: () => {} }
  jest.resetModules()
  Object.assign(globalThis, {
    window: { location: { origin: "https://admin.test" }, localStorage },
    __BACKEND_URL__: backendUrl,
    __AUTH_TYPE__: authType,
    __JWT_TOKEN_STORAGE_KEY__: authType === "jwt" ? "own_key" : undefined,
  })
  return await import("../client")
}

const asked = jest.spyOn(globalThis, "fetch")

beforeEach(() => asked.mockReset().mockImplementation(async () => Response.json({ ok: true })))

afterAll(() => {
  asked.mockRestore()
  for (const name of ["window", "__BACKEND_URL__", "__AUTH_TYPE__", "__JWT_TOKEN_STORAGE_KEY__"]) {
    Reflect.deleteProperty(globalThis, name)
  }
})

describe("the pages' requests", () => {
  it("go to the shop that the dashboard is of, with its cookie", async () => {
    const { read } = await clientIn({})
    await expect(read("/admin/payouts/rules")).resolves.toEqual({ ok: true })
    const [address, init] = asked.mock.calls[0]!
    expect(String(address)).toBe("https://admin.test/admin/payouts/rules")
    expect(init).toMatchObject({ method: "GET", credentials: "include" })
    expect(init?.headers).not.toHaveProperty("authorization")
  })

  it("go to a backend of another origin, below its path", async () => {
    const { read } = await clientIn({ backendUrl: "https://api.test/shop/" })
    await read("/admin/payouts/rules", {
      q: "P 01",
      status: ["failed", "unknown"],
      held: undefined,
      offset: 0,
    })
    const address = new URL(String(asked.mock.calls[0]![0]))
    expect(address.origin + address.pathname).toBe("https://api.test/shop/admin/payouts/rules")
    expect([...address.searchParams]).toEqual([
      ["q", "P 01"],
      ["status[0]", "failed"],
      ["status[1]", "unknown"],
      ["offset", "0"],
    ])
  })

  it("carry the token, and no cookie, where the dashboard keeps one", async () => {
    const { send } = await clientIn({ authType: "jwt", token: "a-token" })
    await send("/admin/payouts/sending/pause", { reason: "Audit" })
    expect(asked.mock.calls[0]![1]).toMatchObject({
      method: "POST",
      credentials: "omit",
      headers: { authorization: "Bearer a-token", "content-type": "application/json" },
      body: '{"reason":"Audit"}',
    })
  })

  it("throw what they were refused with, its code too", async () => {
    const { send } = await clientIn({})
    const body = { message: "You made it", type: "not_allowed", code: "made_it" }
    asked.mockResolvedValueOnce(Response.json(body, { status: 400 }))
    await expect(send("/admin/payouts/transfers/1/approve")).rejects.toMatchObject({
      message: "You made it",
      status: 400,
      code: "made_it",
    })
  })

  it("say in one way that the shop can't be reached, whatever the browser calls it", async () => {
    const { read } = await clientIn({})
    asked.mockRejectedValueOnce(new TypeError("NetworkError when attempting to fetch resource."))
    await expect(read("/admin/payouts/rules")).rejects.toMatchObject({
      status: 0,
      code: "unreachable",
    })
  })
})
