import { inspect } from "node:util"
import {
  type AccessTokenOptions,
  type AccessTokenSource,
  createAccessTokenSource,
  type FetchedToken,
} from "../access-token"
import { GatewayDeclinedError, GatewayNotSentError, GatewayUnknownError } from "../errors"
import { Secret } from "../secret"
import type { TokenStore } from "../access-token"

const call = { gateway: "acme", operation: "charge" }
const unauthorized = () =>
  new GatewayDeclinedError({ ...call, reason: "unauthorized", httpStatus: 401 })
const settled = () => new Promise((resolve) => setImmediate(resolve))

/** A gateway that hands out token-1, token-2 ... on a clock that the test moves. */
function setUp(options: Partial<AccessTokenOptions> & { lifetimeMs?: number } = {}) {
  const state = { now: 1_000, fetches: 0, failWith: undefined as Error | undefined }
  const { lifetimeMs = 60_000, ...rest } = options
  const fetch = async (): Promise<FetchedToken> => {
    const token = `token-${++state.fetches}`
    await settled()
    if (state.failWith) {
      throw state.failWith
    }
    return { token, lifetimeMs }
  }
  const source = createAccessTokenSource({
    gateway: "acme",
    fetch,
    clock: () => state.now,
    ...rest,
  })
  const use = () => source.withToken(async (token) => token.reveal())
  return { state, source, use }
}

describe("one token for everybody", () => {
  it("is fetched once for 64 who wait", async () => {
    const { state, use } = setUp()
    const used = await Promise.all(Array.from({ length: 64 }, use))
    expect(new Set(used)).toEqual(new Set(["token-1"]))
    expect(state.fetches).toBe(1)
  })

  it("is used again while it lives, and not after", async () => {
    const { state, use } = setUp({ lifetimeMs: 10_000, refreshAheadRatio: 0 })
    await use()
    state.now += 9_999
    expect(await use()).toBe("token-1")
    state.now += 1
    expect(await use()).toBe("token-2")
  })

  it("lives from when it was asked for, not from when it came", async () => {
    const { state, source, use } = setUp({
      fetch: async () => {
        state.fetches++
        state.now += 4_000
        return { token: `token-${state.fetches}`, lifetimeMs: 10_000 }
      },
      refreshAheadRatio: 0,
    })
    await source.withToken(async () => undefined)
    state.now += 5_999
    expect(await use()).toBe("token-1")
    state.now += 1
    expect(await use()).toBe("token-2")
  })

  it("is used no longer than the limit, however long it says it lives", async () => {
    const { state, use } = setUp({
      lifetimeMs: Infinity,
      maxLifetimeMs: 45_000,
      refreshAheadRatio: 0,
    })
    await use()
    state.now += 44_999
    expect(await use()).toBe("token-1")
    state.now += 1
    expect(await use()).toBe("token-2")
  })

  it.each([0, -5, NaN])(
    "with a lifetime of %p serves those who wait and nobody after",
    async (lifetimeMs) => {
      const { state, use } = setUp({ lifetimeMs })
      expect(await Promise.all([use(), use()])).toEqual(["token-1", "token-1"])
      expect(await use()).toBe("token-2")
      expect(state.fetches).toBe(2)
    }
  )

  it("can't be read from the source or from what a call prints", async () => {
    const { source } = setUp()
    const token = await source.withToken(async (given) => given)
    expect(token).toBeInstanceOf(Secret)
    expect(inspect([source, token], { depth: null, showHidden: true })).not.toContain("token-1")
  })
})

describe("early refresh", () => {
  it("happens in the background, once, while the old token serves", async () => {
    const { state, use } = setUp({ lifetimeMs: 10_000, refreshAheadRatio: 0.2 })
    await use()
    state.now += 7_999
    await use()
    expect(state.fetches).toBe(1)
    state.now += 1
    const used = await Promise.all(Array.from({ length: 64 }, use))
    expect(new Set(used)).toEqual(new Set(["token-1"]))
    await settled()
    expect(await use()).toBe("token-2")
    expect(state.fetches).toBe(2)
  })

  it("that fails hurts nobody while the old token lives, and is tried again after a pause", async () => {
    const unhandled = jest.fn()
    process.on("unhandledRejection", unhandled)
    try {
      const { state, use } = setUp({
        lifetimeMs: 100_000,
        refreshAheadRatio: 0.5,
        refreshPauseMs: 5_000,
      })
      await use()
      state.failWith = new GatewayUnknownError({ ...call, reason: "server_error" })
      state.now += 50_000
      expect(await use()).toBe("token-1")
      await settled()
      await settled()
      expect([await use(), await use()]).toEqual(["token-1", "token-1"])
      expect(state.fetches).toBe(2)
      state.now += 5_000
      expect(await use()).toBe("token-1")
      await settled()
      await settled()
      expect(state.fetches).toBe(3)
      state.failWith = undefined
      state.now += 50_000
      expect(await use()).toBe("token-4")
      expect(unhandled).not.toHaveBeenCalled()
    } finally {
      process.off("unhandledRejection", unhandled)
    }
  })
})

describe("a fetch that fails", () => {
  it("means that the call itself was not sent, with the gateway's code and words", async () => {
    const { state, source } = setUp()
    state.failWith = new GatewayDeclinedError({
      gateway: "acme",
      operation: "fetchToken",
      reason: "unauthorized",
      httpStatus: 401,
      code: "BAD_KEY",
      gatewayMessage: "unknown client",
    })
    const charge = jest.fn()
    const error = await source.withToken(charge).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(GatewayNotSentError)
    expect(error).toMatchObject({
      reason: "no_token",
      outcome: "not_sent",
      operation: "fetchToken",
      httpStatus: 401,
      code: "BAD_KEY",
      gatewayMessage: "unknown client",
      isUnauthorized: false,
    })
    expect(charge).not.toHaveBeenCalled()
  })

  it("is not sent either where its own outcome is unknown: only the token is", async () => {
    const { state, use } = setUp()
    state.failWith = new GatewayUnknownError({ ...call, reason: "headers_timeout" })
    await expect(use()).rejects.toMatchObject({ outcome: "not_sent", reason: "no_token" })
  })

  it("is told to all who wait and kept for nobody after", async () => {
    const { state, use } = setUp()
    state.failWith = new Error("boom with marked-secret")
    const results = await Promise.allSettled(Array.from({ length: 64 }, use))
    expect(results.every((result) => result.status === "rejected")).toBe(true)
    expect(inspect(results, { depth: null })).not.toContain("marked-secret")
    expect(state.fetches).toBe(1)
    state.failWith = undefined
    expect(await use()).toBe("token-2")
  })

  it("may throw at once instead of rejecting", async () => {
    const { use } = setUp({
      fetch: () => {
        throw new TypeError("broken")
      },
    })
    await expect(use()).rejects.toMatchObject({ reason: "no_token", causeCode: "TypeError" })
  })
})

describe("a token that the gateway rejects", () => {
  it("is renewed and the call made once more", async () => {
    const { state, source } = setUp()
    const tried: string[] = []
    const result = await source.withToken(async (token) => {
      tried.push(token.reveal())
      if (tried.length === 1) {
        throw unauthorized()
      }
      return "charged"
    })
    expect(result).toBe("charged")
    expect(tried).toEqual(["token-1", "token-2"])
    expect(state.fetches).toBe(2)
  })

  it("is renewed once only: the second refusal is told", async () => {
    const { state, source } = setUp()
    const charge = jest.fn(async () => {
      throw unauthorized()
    })
    await expect(source.withToken(charge)).rejects.toMatchObject({ isUnauthorized: true })
    expect(charge).toHaveBeenCalledTimes(2)
    expect(state.fetches).toBe(2)
  })

  it("by 64 calls at once, some of them late, costs one fetch", async () => {
    const { state, source, use } = setUp()
    await use()
    const results = await Promise.all(
      Array.from({ length: 64 }, (_, index) =>
        source.withToken(async (token) => {
          for (let turn = 0; turn < index % 8; turn++) {
            await settled()
          }
          if (token.reveal() === "token-1") {
            throw unauthorized()
          }
          return token.reveal()
        })
      )
    )
    expect(new Set(results)).toEqual(new Set(["token-2"]))
    expect(state.fetches).toBe(2)
  })

  it("and no new one to be had: the call, which was refused, counts as not sent", async () => {
    const { state, source } = setUp()
    const charge = jest.fn(async () => {
      state.failWith = new GatewayUnknownError({ ...call, reason: "reset" })
      throw unauthorized()
    })
    await expect(source.withToken(charge)).rejects.toMatchObject({ reason: "no_token" })
    expect(charge).toHaveBeenCalledTimes(1)
  })

  it.each([
    new GatewayUnknownError({ ...call, reason: "headers_timeout" }),
    new GatewayDeclinedError({ ...call, httpStatus: 403 }),
    new GatewayNotSentError({ ...call, reason: "refused" }),
    new Error("a fault of ours"),
  ])("is the only reason to call again: not %p", async (error) => {
    const { source, state } = setUp()
    const charge = jest.fn(async () => {
      throw error
    })
    await expect(source.withToken(charge)).rejects.toBe(error)
    expect(charge).toHaveBeenCalledTimes(1)
    expect(state.fetches).toBe(1)
  })
})

describe("a token that is shared with other servers", () => {
  const account = {
    gateway: "acme",
    address: "https://api.acme.example",
    user: "shop",
    secret: Secret.of("secret"),
  }

  /** A gateway that takes only the newest token it gave out, and servers that leave each other theirs. */
  function servers({ areAlone = false } = {}) {
    let newest = 0
    let latest: FetchedToken | undefined
    const fetch = async (): Promise<FetchedToken> => {
      await settled()
      return { token: Secret.of(`token-${++newest}`), lifetimeMs: 60_000 }
    }
    const store: TokenStore = {
      renew: async (_account, spent, fetch) => {
        if (latest === undefined || tokenOf(latest) === spent?.reveal()) {
          latest = await fetch()
        }
        return latest
      },
    }
    const boot = () =>
      createAccessTokenSource({
        gateway: "acme",
        fetch,
        clock: () => 0,
        shared: areAlone ? undefined : { store, account },
      })
    const call = async (source: AccessTokenSource) =>
      await source.withToken(async (token) => {
        await settled()
        if (token.reveal() !== `token-${newest}`) {
          throw unauthorized()
        }
      })
    /** Somebody else with the shop's credentials has fetched one. */
    const end = () => (newest += 1)
    return { boot, call, end, fetches: () => newest }
  }

  const tokenOf = ({ token }: FetchedToken) => (typeof token === "string" ? token : token.reveal())

  it("is not ended by another server's, where a new token ends the last one", async () => {
    const { boot, call, fetches } = servers()
    const [one, other] = [boot(), boot()]
    for (let calls = 0; calls < 20; calls += 1) {
      await call(one)
      await call(other)
    }
    expect(fetches()).toBe(1)
  })

  it("is fetched anew by one of them, where the gateway has ended it", async () => {
    const { boot, call, fetches, end } = servers()
    const [one, other] = [boot(), boot()]
    await call(one)
    await call(other)
    end()
    await call(one)
    await call(other)
    expect(fetches()).toBe(3)
  })

  it.each([
    [Infinity, 45_000],
    [NaN, 0],
  ])(
    "that says it lives for %p ms is left to them for no longer than one may use it",
    async (lifetimeMs, left) => {
      const leftToThem: number[] = []
      const store: TokenStore = {
        renew: async (_account, _spent, fetch) => {
          const fetched = await fetch()
          leftToThem.push(fetched.lifetimeMs)
          return fetched
        },
      }
      const { use } = setUp({ lifetimeMs, maxLifetimeMs: 45_000, shared: { store, account } })
      expect(await use()).toBe("token-1")
      expect(leftToThem).toEqual([left])
    }
  )

  it("would be fought over by servers that are alone", async () => {
    const { boot, call, fetches } = servers({ areAlone: true })
    const [one, other] = [boot(), boot()]
    for (let calls = 0; calls < 5; calls += 1) {
      await call(one)
      await call(other)
    }
    expect(fetches()).toBe(10)
  })
})
