import { createServer } from "node:http"
import { accessToken, orderAnswer, paths, tokenAnswer } from "./stub-messages"

// A program of its own: its work must not be on the event loop that is being measured.
const server = createServer((request, response) => {
  request.resume()
  request.once("end", () => {
    const answer = answerTo(request.url, request.headers.accesstoken)
    response.writeHead(answer === undefined ? 404 : 200, {
      "content-type": "application/json",
      "content-length": Buffer.byteLength(answer ?? ""),
    })
    response.end(answer)
  })
})

function answerTo(url: string | undefined, token: unknown): string | undefined {
  switch (url) {
    case paths.token:
      return tokenAnswer
    case paths.query:
      return token === accessToken ? orderAnswer : undefined
    case paths.stripe:
      return orderAnswer
    default:
      return undefined
  }
}

// Longer than any client waits for its turn.
server.keepAliveTimeout = 60_000
server.listen(0, "127.0.0.1", () => {
  process.send?.(server.address())
})
// However the benchmark ends, the channel to it closes.
process.once("disconnect", () => process.exit())
