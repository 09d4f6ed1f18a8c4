import type { Fault } from "../gateway-data"
import { tooLongMs } from "./store"

export type FaultRow = {
  readonly what: string
  readonly fault: Fault
  /** Whether the gateway does what it was asked for, which its client can't see. */
  readonly acts: "before the answer" | "later" | "never"
}

/** The ways in which an answer can go missing, so that nobody can know what the gateway did. */
export const lostAnswers: readonly FaultRow[] = [
  row("answer lost after it acted", { kind: "answer-lost" }, "before the answer"),
  row("connection reset before it acted", { kind: "reset-before-acting" }, "never"),
  row("time-out before it acted", { kind: "black-hole", acts: false }, "never"),
  row("time-out after it acted", { kind: "black-hole", acts: true }, "before the answer"),
  row("time-out, and it acts later", { kind: "latency", ms: tooLongMs }, "later"),
  row("half an answer", { kind: "half-answer" }, "before the answer"),
  row("HTTP 500 before it acted", { kind: "http-error", acts: false }, "never"),
  row("HTTP 500 after it acted", { kind: "http-error", acts: true }, "before the answer"),
  row(
    "HTTP 502 after it acted",
    { kind: "http-error", status: 502, acts: true },
    "before the answer"
  ),
  row("HTML before it acted", { kind: "html", acts: false }, "never"),
  row("HTML after it acted", { kind: "html", acts: true }, "before the answer"),
  row("JSON of another shape", { kind: "wrong-shape", acts: true }, "before the answer"),
  row(
    "JSON that is no object",
    { kind: "wrong-shape", answer: "success", acts: true },
    "before the answer"
  ),
  row("JSON of null, unacted", { kind: "wrong-shape", answer: null, acts: false }, "never"),
  row("answer of 50 MB", { kind: "huge-body" }, "before the answer"),
]

function row(what: string, fault: Fault, acts: FaultRow["acts"]): FaultRow {
  return { what, fault, acts }
}
