/** The ways in which a call to a gateway goes wrong, as the suite tells a stand-in to have them. */

/** Anything that JSON can be. */
export type Json = string | number | boolean | null | Json[] | { [name: string]: Json }

type Aim = {
  /** Of how many calls; 1 unless told. */
  times?: number | "forever"
  /** How many calls go well before. */
  after?: number
}

/** Whether the gateway still does what it was asked for, which its client can't see. */
type Acts = { acts?: boolean }

/** A fault of one operation. */
export type Fault = Aim &
  (
    | /** A late answer; it acts and answers also when the client has hung up by then. */
      { kind: "latency"; ms: number }
      /** It acts, then drops the connection without a byte. */
    | { kind: "answer-lost" }
    | { kind: "reset-before-acting" }
    /** No answer, ever; it does not act, unless told. */
    | ({ kind: "black-hole" } & Acts)
    /** HTTP 500, or another; it does not act, unless told. */
    | ({ kind: "http-error"; status?: number } & Acts)
    /** A page where JSON was due; it does not act, unless told. */
    | ({ kind: "html"; status?: number } & Acts)
    /** JSON of another shape; it acts, unless told. */
    | ({ kind: "wrong-shape"; answer?: Json } & Acts)
    /** It acts, and sends half of the body that it announced. */
    | { kind: "half-answer" }
    /** 50 MB, or another size; it acts, unless told. */
    | ({ kind: "huge-body"; bytes?: number } & Acts)
    /** HTTP 307, or another, to another host; it does not act, unless told. */
    | ({ kind: "redirect"; location: string; status?: number } & Acts)
    /** It does not act, and answers HTTP 401 in the gateway's words. */
    | { kind: "unauthorized" }
  )
