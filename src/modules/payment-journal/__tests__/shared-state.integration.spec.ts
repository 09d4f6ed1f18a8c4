import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { Secret } from "../../../gateways/shared/secret"
import { SharedAccessTokens, GatewayPaces, HostPauses } from "../repositories/shared-gateway-state"
import { createJournalDatabase, type JournalDatabase } from "./fixtures"

let journal: JournalDatabase
let here: Knex
let elsewhere: Knex

beforeAll(async () => {
  journal = await createJournalDatabase()
  here = journal.connect(5)
  elsewhere = journal.connect(5)
})

afterAll(async () => await journal?.drop())

const account = (user: string) => ({
  gateway: "Acme",
  address: "https://api.acme.example",
  user,
  secret: Secret.of("a-client-secret"),
})

describe("access tokens of several servers", () => {
  const fetching = () => {
    let fetched = 0
    return async () => {
      fetched += 1
      return { token: `token-${fetched}`, lifetimeMs: 60_000 }
    }
  }

  it("are fetched by one of all who need one at once, and again only for who has spent the last one", async () => {
    const fetch = jest.fn(fetching())
    const servers = [here, elsewhere].map((database) => new SharedAccessTokens(database))
    const renew = (index: number, spent?: Secret) =>
      servers[index % 2]!.renew(account("at-once"), spent, fetch)
    const first = await Promise.all([0, 1, 2, 3].map((index) => renew(index)))
    expect(fetch).toHaveBeenCalledTimes(1)
    const tokens = first.map(({ token }) =>
      Secret.of(String(typeof token === "string" ? token : token.reveal()))
    )
    expect(new Set(tokens.map((token) => token.reveal()))).toEqual(new Set(["token-1"]))
    const second = await Promise.all([0, 1, 2, 3].map((index) => renew(index, tokens[index])))
    expect(fetch).toHaveBeenCalledTimes(2)
    for (const { token, lifetimeMs } of second) {
      expect(typeof token === "string" ? token : token.reveal()).toBe("token-2")
      expect(lifetimeMs).toBeGreaterThan(50_000)
      expect(lifetimeMs).toBeLessThanOrEqual(60_000)
    }
  })

  it("stand in the database so that nobody without the account's secret can read them", async () => {
    const tokens = new SharedAccessTokens(here)
    const fetch = fetching()
    await tokens.renew(account("sealed"), undefined, fetch)
    const rows = await here("gateway_access_token")
    expect(JSON.stringify(rows)).not.toMatch(/token-1|sealed|a-client-secret/)
    const other = { ...account("sealed"), secret: Secret.of("another") }
    expect(
      await tokens.renew(other, undefined, async () => ({ token: "its own", lifetimeMs: 1 }))
    ).toEqual({ token: "its own", lifetimeMs: 1 })
  })

  it("are another's at another address, where the same credentials are of another account", async () => {
    const tokens = new SharedAccessTokens(here)
    const fetch = jest.fn(fetching())
    const live = account("two-hosts")
    const test = { ...live, address: "https://sandbox.acme.example" }
    for (const one of [live, test, live, test]) {
      await tokens.renew(one, undefined, fetch)
    }
    expect(fetch).toHaveBeenCalledTimes(2)
  })

  it("are fetched anew where they have ended, or where somebody has changed the row", async () => {
    const tokens = new SharedAccessTokens(here)
    const fetch = jest.fn(fetching())
    await tokens.renew(account("changed"), undefined, fetch)
    await here("gateway_access_token").update({ encrypted: "AAAA" })
    await tokens.renew(account("changed"), undefined, fetch)
    expect(fetch).toHaveBeenCalledTimes(2)
    await here("gateway_access_token").update({ expires_at: new Date(0) })
    await tokens.renew(account("changed"), undefined, fetch)
    expect(fetch).toHaveBeenCalledTimes(3)
  })

  it("are not kept where the fetch failed", async () => {
    const tokens = new SharedAccessTokens(here)
    const failing = async () => {
      throw new Error("HTTP 500")
    }
    await expect(tokens.renew(account("failing"), undefined, failing)).rejects.toThrow("HTTP 500")
    expect(await tokens.renew(account("failing"), undefined, fetching())).toMatchObject({
      token: "token-1",
    })
  })
})

describe("hosts that are away", () => {
  it("are known to all servers until one tells that they are back", async () => {
    const [one, other] = [new HostPauses(here), new HostPauses(elsewhere)]
    await one.tellAway("https://api.acme.example", {
      retryInMs: 10_000,
      lastReason: "headers_timeout",
    })
    const known = (await other.read()).get("https://api.acme.example")
    expect(known?.lastReason).toBe("headers_timeout")
    expect(known?.retryInMs).toBeGreaterThan(5_000)
    await one.tellAway("https://api.acme.example", { retryInMs: -1, lastReason: "headers_timeout" })
    expect((await other.read()).get("https://api.acme.example")?.retryInMs).toBe(0)
    await other.tellBack("https://api.acme.example")
    expect((await one.read()).size).toBe(0)
  })
})

describe("the pace of questions to a gateway", () => {
  it("is one for all servers, and another for each provider", async () => {
    const [one, other] = [new GatewayPaces(here), new GatewayPaces(elsewhere)]
    const waits = [
      await one.reserve("pp_acme_main", 20_000),
      await other.reserve("pp_acme_main", 20_000),
      await one.reserve("pp_acme_main", 20_000),
    ]
    expect(waits[0]).toBe(0)
    expect(waits[1]).toBeGreaterThan(10_000)
    expect(waits[2]! - waits[1]!).toBeGreaterThan(10_000)
    expect(await other.reserve("pp_acme_other", 20_000)).toBe(0)
  })
})
