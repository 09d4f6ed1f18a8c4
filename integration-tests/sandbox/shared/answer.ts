import type { ServerResponse } from "node:http"
import { pipeline } from "node:stream/promises"
import type { AnswerFault } from "./faults"
import { htmlReply, jsonReply, type Reply } from "./http-message"

export interface Answering {
  readonly response: ServerResponse
  /** Does what the call asks for. Called once, or never where the fault strikes before it. */
  readonly act: () => Promise<Reply>
  /** The gateway's own words for a token it does not take. */
  readonly unauthorized: () => Reply
}

export function sendReply(response: ServerResponse, reply: Reply): void {
  const bytes = Buffer.from(reply.body, "utf8")
  response.writeHead(reply.status, { ...reply.headers, "content-length": bytes.length }).end(bytes)
}

export async function answerWithFault(fault: AnswerFault, answering: Answering): Promise<void> {
  const { response, act, unauthorized } = answering
  if ("acts" in fault && fault.acts) await act()
  switch (fault.kind) {
    case "answer-lost":
      await act()
      response.destroy()
      return
    case "reset-before-acting":
      response.socket?.resetAndDestroy()
      return
    case "black-hole":
      return
    case "http-error":
      sendReply(response, jsonReply(fault.status, { error: "A fault of the sandbox" }))
      return
    case "html":
      sendReply(response, htmlReply(fault.status, "<!doctype html><h1>Down for maintenance</h1>"))
      return
    case "wrong-shape":
      sendReply(response, jsonReply(200, fault.answer))
      return
    case "half-answer":
      sendHalf(response, await act())
      return
    case "huge-body":
      await sendHuge(response, fault.bytes)
      return
    case "redirect":
      sendReply(response, {
        status: fault.status,
        headers: { location: fault.location },
        body: "",
      })
      return
    case "unauthorized":
      sendReply(response, unauthorized())
      return
    default:
      return assertUnreachable(fault)
  }
}

function sendHalf(response: ServerResponse, reply: Reply): void {
  const bytes = Buffer.from(reply.body, "utf8")
  response.writeHead(reply.status, { ...reply.headers, "content-length": bytes.length })
  const half = bytes.subarray(0, Math.floor(bytes.length / 2))
  response.write(half, () => response.destroy())
}

async function sendHuge(response: ServerResponse, size: number): Promise<void> {
  response.writeHead(200, { "content-type": "application/json" })
  await pipeline(hugeJson(size), response)
}

/** Valid JSON all the way, and never held in memory as a whole on this side. */
function* hugeJson(size: number): Generator<Buffer> {
  const chunk = Buffer.alloc(64 * 1024, "x")
  yield Buffer.from('{"data":"')
  for (let sent = 0; sent < size; sent += chunk.length) yield chunk
  yield Buffer.from('"}')
}

function assertUnreachable(value: never): never {
  throw new Error(`Unhandled fault: ${JSON.stringify(value)}`)
}
