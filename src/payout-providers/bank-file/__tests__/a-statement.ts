import { ibans, reference } from "./a-file"

export type Booking = {
  amount?: string
  currency?: string
  indicator?: "DBIT" | "CRDT"
  status?: string
  bankReference?: string
  reversal?: boolean
  parts?: Part[]
}

export type Part = {
  endToEndId?: string
  amount?: string
  currency?: string
  indicator?: "DBIT" | "CRDT"
  bankReference?: string
  account?: string
  returned?: string
}

/** A camt.053.001.08 as a bank gives it. */
export function aStatement(
  bookings: Booking[],
  { iban = ibans.debtor, id = "53-2026-12-01", prefix = "" } = {}
): string {
  const name = (element: string) => (prefix === "" ? element : `${prefix}:${element}`)
  const tag = (element: string, inside: string, attributes = "") =>
    inside === "" ? "" : `<${name(element)}${attributes}>${inside}</${name(element)}>`
  const money = (amount: string, currency: string) => tag("Amt", amount, ` Ccy="${currency}"`)
  const account = (number: string) => tag("Id", tag("IBAN", number))
  const part = ({ endToEndId, returned, ...said }: Part) =>
    tag(
      "TxDtls",
      tag(
        "Refs",
        tag("AcctSvcrRef", said.bankReference ?? "") + tag("EndToEndId", endToEndId ?? "")
      ) +
        (said.amount === undefined ? "" : money(said.amount, said.currency ?? "EUR")) +
        tag("CdtDbtInd", said.indicator ?? "") +
        (said.account === undefined
          ? ""
          : tag("RltdPties", tag("CdtrAcct", account(said.account)))) +
        (returned === undefined ? "" : tag("RtrInf", tag("Rsn", tag("Cd", returned))))
    )
  const entry = (booking: Booking) =>
    tag(
      "Ntry",
      money(booking.amount ?? "1500.00", booking.currency ?? "EUR") +
        tag("CdtDbtInd", booking.indicator ?? "DBIT") +
        (booking.reversal ? tag("RvslInd", "true") : "") +
        tag("Sts", tag("Cd", booking.status ?? "BOOK")) +
        tag("BookgDt", tag("Dt", "2026-12-01")) +
        tag("AcctSvcrRef", booking.bankReference ?? "") +
        tag("BkTxCd", tag("Prtry", tag("Cd", "TRF"))) +
        tag("NtryDtls", (booking.parts ?? [{ endToEndId: reference(1) }]).map(part).join(""))
    )
  const balance = tag(
    "Bal",
    tag("Tp", tag("CdOrPrtry", tag("Cd", "CLBD"))) +
      money("0.00", "EUR") +
      tag("CdtDbtInd", "CRDT") +
      tag("Dt", tag("Dt", "2026-12-01"))
  )
  const statement = tag(
    "Stmt",
    tag("Id", id) + tag("Acct", account(iban)) + balance + bookings.map(entry).join("")
  )
  const header = tag("GrpHdr", tag("MsgId", "M1") + tag("CreDtTm", "2026-12-02T01:00:00Z"))
  const namespace = ` xmlns${prefix === "" ? "" : `:${prefix}`}="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"`
  return (
    `<?xml version="1.0" encoding="UTF-8"?>\n` +
    tag("Document", tag("BkToCstmrStmt", header + statement), namespace)
  )
}
