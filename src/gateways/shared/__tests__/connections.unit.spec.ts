import http from "node:http"
import https from "node:https"
import net, { type Socket } from "node:net"
import { inspect } from "node:util"
import { Secret } from "../secret"
import { charge, client, loopbacks } from "./gateway-http"
import { selfSignedCertificate } from "./self-signed-certificate"

/** An HTTP proxy that makes tunnels, and what it was asked. */
async function tunnelingProxy(status = 200) {
  const asked: { target: string | undefined; authorization: string | undefined }[] = []
  const seen: Buffer[] = []
  const server = http.createServer()
  server.on("connect", (request: http.IncomingMessage, socket: Socket) => {
    asked.push({ target: request.url, authorization: request.headers["proxy-authorization"] })
    socket.on("error", () => undefined)
    if (status !== 200) {
      socket.end(`HTTP/1.1 ${status} No\r\ncontent-length: 13\r\n\r\nmarked-secret`)
      return
    }
    const to = net.connect(Number(request.url?.split(":").at(-1)), "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 OK\r\n\r\n")
      socket.on("data", (data: Buffer) => seen.push(data))
      socket.pipe(to).pipe(socket)
    })
    to.on("error", () => socket.destroy())
    socket.on("close", () => to.destroy())
  })
  return { ...(await loopbacks.listen(server)), asked, seen }
}

const through = (proxy: { port: number }) => ({
  proxy: Secret.of(`http://shop:marked-word@127.0.0.1:${proxy.port}`),
})

describe("calls through the shop's proxy", () => {
  it("go through one tunnel, call after call", async () => {
    const server = await loopbacks.http((_, response) => response.end("{}"))
    const proxy = await tunnelingProxy()
    const gateway = client(server.url, through(proxy))
    for (let call = 0; call < 3; call++) {
      expect(await gateway.send(charge)).toMatchObject({ httpStatus: 200 })
    }
    const authorization = `Basic ${Buffer.from("shop:marked-word").toString("base64")}`
    expect(proxy.asked).toEqual([{ target: `127.0.0.1:${server.port}`, authorization }])
    expect(server.connections()).toBe(1)
  })

  it("show the proxy nothing of a call over https, and trust no certificate that nobody vouches for", async () => {
    const requests = jest.fn()
    const server = await loopbacks.listen(https.createServer(selfSignedCertificate(), requests))
    const proxy = await tunnelingProxy()
    const gateway = client(`https://127.0.0.1:${server.port}`, through(proxy))
    await expect(gateway.send(charge)).rejects.toMatchObject({
      outcome: "unknown",
      reason: "tls",
      causeCode: "DEPTH_ZERO_SELF_SIGNED_CERT",
    })
    expect(requests).not.toHaveBeenCalled()
    expect(Buffer.concat(proxy.seen).toString("latin1")).not.toContain("amount")
  })

  it.each([302, 403, 407, 502])("were surely not sent where it answers %i", async (status) => {
    const server = await loopbacks.http((_, response) => response.end("{}"))
    const proxy = await tunnelingProxy(status)
    const failure = await client(server.url, through(proxy))
      .send(charge)
      .catch((error: unknown) => error)
    expect(failure).toMatchObject({
      outcome: "not_sent",
      reason: "unreachable",
      causeCode: "ERR_PROXY_REFUSED",
    })
    expect(inspect(failure, { depth: null, showHidden: true })).not.toContain("marked")
    expect(server.connections()).toBe(0)
    expect(proxy.asked).toHaveLength(1)
  })

  it("were surely not sent where nobody listens at the proxy's address", async () => {
    const server = await loopbacks.http((_, response) => response.end("{}"))
    const gateway = client(server.url, through(await loopbacks.nobody()))
    await expect(gateway.send(charge)).rejects.toMatchObject({
      outcome: "not_sent",
      reason: "refused",
    })
    expect(server.connections()).toBe(0)
  })

  it("are not tried again without end where it closes the connection instead of answering", async () => {
    const server = await loopbacks.http((_, response) => response.end("{}"))
    const proxy = await loopbacks.tcp((socket) => {
      socket.once("data", () => socket.end())
    })
    await expect(client(server.url, through(proxy)).send(charge)).rejects.toMatchObject({
      outcome: "not_sent",
      causeCode: "ERR_PROXY_REFUSED",
    })
    expect(proxy.connections()).toBe(1)
    expect(server.connections()).toBe(0)
  })

  it("were not sent where it does not answer in the time for a connection", async () => {
    const server = await loopbacks.http((_, response) => response.end("{}"))
    const proxy = await loopbacks.tcp(() => undefined)
    const options = { ...through(proxy), timeouts: { connectMs: 50 } }
    await expect(client(server.url, options).send(charge)).rejects.toMatchObject({
      outcome: "not_sent",
      reason: "connect_timeout",
    })
    expect(server.connections()).toBe(0)
  })

  it("have an unknown outcome where the tunnel breaks, or nothing comes through it", async () => {
    const reset = await loopbacks.http((request) => request.socket.resetAndDestroy())
    const proxy = await tunnelingProxy()
    await expect(client(reset.url, through(proxy)).send(charge)).rejects.toMatchObject({
      outcome: "unknown",
      reason: "reset",
    })
    const silent = await loopbacks.http(() => undefined)
    const options = { ...through(proxy), timeouts: { headersMs: 50 } }
    await expect(client(silent.url, options).send(charge)).rejects.toMatchObject({
      outcome: "unknown",
      reason: "headers_timeout",
    })
  })
})
