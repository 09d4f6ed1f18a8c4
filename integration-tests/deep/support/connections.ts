import { Agent, request } from "node:http"
import type { MocasaMessage } from "../../http/support/mocasa-message"

/**
 * Posts the messages in their order from so many connections at once, each of which sends its next one when
 * the last is answered.
 *
 * @returns how often each status was answered
 */
export async function postAll(
  url: string,
  messages: readonly MocasaMessage[],
  connections: number
): Promise<Map<number, number>> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const answers = new Map<number, number>()
  const waiting = messages.values()
  const workThrough = async () => {
    for (const message of waiting) {
      const status = await post(agent, url, message)
      answers.set(status, (answers.get(status) ?? 0) + 1)
    }
  }
  await Promise.all(Array.from({ length: connections }, workThrough))
  agent.destroy()
  return answers
}

/** Rejects where the connection breaks before an answer. */
function post(agent: Agent, url: string, { headers, body }: MocasaMessage): Promise<number> {
  return new Promise((resolve, reject) => {
    const length = { "content-length": String(Buffer.byteLength(body)) }
    const sent = request(url, { agent, method: "POST", headers: { ...headers, ...length } })
    sent.on("error", reject)
    sent.on("response", (answer) => {
      answer.resume()
      answer.on("error", reject)
      answer.on("end", () => resolve(answer.statusCode ?? 0))
    })
    sent.end(body)
  })
}
