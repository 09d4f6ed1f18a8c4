import type { GatewayCall } from "../gateway-call"
import type { GatewayHttpOptions } from "../http-client"
import { charge, client, loopbacks, query } from "./gateway-http"

describe("repeats", () => {
  async function failing(times: number, options: Partial<GatewayHttpOptions> = {}) {
    const sleeps: number[] = []
    let requests = 0
    const server = await loopbacks.http((_, response) => {
      response.writeHead(++requests <= times ? 503 : 200).end("{}")
    })
    const http = client(server.url, {
      random: () => 0.5,
      sleep: async (ms) => {
        sleeps.push(ms)
      },
      ...options,
    })
    return { http, sleeps, requests: () => requests }
  }

  it("are made of calls that only read, with a growing pause", async () => {
    const { http, sleeps, requests } = await failing(2)
    expect(await http.send(query)).toMatchObject({ httpStatus: 200 })
    expect(requests()).toBe(3)
    expect(sleeps).toEqual([100, 200])
  })

  it("are never made of a call that may move money, though it is a GET", async () => {
    const { http, requests } = await failing(1)
    const creating: GatewayCall = { ...query, operation: "create", reads: false }
    await expect(http.send(creating)).rejects.toMatchObject({ reason: "server_error" })
    await expect(http.send(charge)).resolves.toMatchObject({ httpStatus: 200 })
    expect(requests()).toBe(2)
  })

  it("are made of a POST that only reads", async () => {
    const { http, requests } = await failing(1)
    await http.send({ ...charge, operation: "query", reads: true })
    expect(requests()).toBe(2)
  })

  it("end after the number of attempts that is allowed", async () => {
    const { http, requests } = await failing(99, { retry: { maxAttempts: 4 } })
    await expect(http.send(query)).rejects.toMatchObject({ reason: "server_error" })
    expect(requests()).toBe(4)
  })

  it("are not begun where the pause would outlast the time for the whole call", async () => {
    let now = 0
    const { http, requests } = await failing(99, {
      clock: () => now,
      timeouts: { totalMs: 10_000 },
      retry: { maxAttempts: 99, baseDelayMs: 8_000, maxDelayMs: 8_000 },
      sleep: async (ms) => {
        now += ms
      },
    })
    await expect(http.send(query)).rejects.toMatchObject({ reason: "server_error" })
    // Pauses of 4 s: at 0, 4 and 8 seconds, and the next would be at 12.
    expect(requests()).toBe(3)
  })

  it("are not made of answers that would come out the same", async () => {
    let requests = 0
    const server = await loopbacks.http((_, response) => {
      response.writeHead(requests++ === 0 ? 302 : 200).end()
    })
    await expect(client(server.url).send(query)).rejects.toMatchObject({ reason: "redirect" })
    expect(requests).toBe(1)
  })

  it("end when the call is given up in a pause", async () => {
    const giveUp = new AbortController()
    const { http, requests } = await failing(99, {
      sleep: async () => {
        giveUp.abort()
        throw giveUp.signal.reason
      },
    })
    const sending = http.send({ ...query, signal: giveUp.signal })
    await expect(sending).rejects.toMatchObject({ reason: "server_error" })
    expect(requests()).toBe(1)
  })

  it("pause for real where no sleep is given", async () => {
    const { http, requests } = await failing(1, { sleep: undefined, retry: { baseDelayMs: 10 } })
    await http.send(query)
    expect(requests()).toBe(2)
  })
})
