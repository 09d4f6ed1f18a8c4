import type { RunningSandbox } from "./by-hand"
import { curlOf } from "./curl"

/** What a person needs in order to use the sandbox: its credentials, and commands that work as they stand. */
export function howTo(title: string, { url, credentials, examples }: RunningSandbox): string {
  const width = Math.max(...Object.keys(credentials).map((name) => name.length))
  return [
    `${title} sandbox   ${url}`,
    indented(
      Object.entries(credentials)
        .map(([name, value]) => `${name.padEnd(width)}  ${value}`)
        .join("\n")
    ),
    ...examples.flatMap(({ what, calls }) => [
      `${what}:`,
      indented(calls.map((call) => curlOf(url, call)).join("\n")),
    ]),
  ].join("\n\n")
}

/** What is the same for all of them. */
export function howToMisbehave(running: readonly Pick<RunningSandbox, "url">[]): string {
  const url = running[0]?.url ?? ""
  const json = "content-type: application/json"
  return `Of any of them: a fault for its next call, what it was asked, and where its webhooks go:

  curl -s ${url}/_sandbox/faults -H "${json}" -d '{"kind": "answer-lost", "path": "*"}'
  curl -s ${url}/_sandbox/calls
  curl -s ${url}/_sandbox/webhook -H "${json}" -d '{"url": "http://localhost:9000/hooks"}'

Ctrl-C ends them; their orders are then forgotten.`
}

function indented(text: string): string {
  return text.replaceAll(/^/gm, "  ")
}
