import { Writable } from "node:stream"
import { parse } from "csv-parse/sync"
import { writeCsv } from "../../csv"
import type { Row } from "../../read-rows"
import { exceptionsCsv } from "../export-exceptions"

describe("the export of payment exceptions", () => {
  it("has amounts to the last digit, people by their names, and times in UTC", async () => {
    const [line] = await exported(row({ raw_amount: { value: "0.10000000000000000001" } }))
    expect(line).toMatchObject({
      id: "gwexc_1",
      kind: "session_gone",
      state: "closed",
      amount: "0.10000000000000000001",
      customer_name: "Maria Santos",
      customer_email: "maria@example.com",
      order_number: "7",
      settled_by: "Ana Reyes",
      settled_at: "2026-05-01T08:00:00.000Z",
    })
  })

  it("has no cell that a spreadsheet would run", async () => {
    const customer = { id: null, name: "=HYPERLINK(1)", email: "+1@example.com" }
    const [line] = await exported(row({ note: "@SUM(A1)", reference: "-1+2", customer }))
    expect(line).toMatchObject({
      note: "'@SUM(A1)",
      reference: "'-1+2",
      customer_name: "'=HYPERLINK(1)",
      customer_email: "'+1@example.com",
    })
  })

  it("names the shop itself, and somebody unknown by their id", async () => {
    const lines = await exported(
      row({ settled_by: "system", settled_by_name: null }),
      row({ settled_by: "user_gone", settled_by_name: null }),
      row({
        settled_by: null,
        settled_by_name: null,
        settled_at: null,
        order: null,
        customer: null,
      })
    )
    expect(lines.map(({ settled_by }) => settled_by)).toEqual(["the shop itself", "user_gone", ""])
  })
})

function row(change: Row): Row {
  const amount = { value: "112", precision: 20 }
  return {
    id: "gwexc_1",
    kind: "session_gone",
    state: "closed",
    provider_id: "pp_mocasa_mocasa",
    reference: "01J9",
    gateway_id: null,
    raw_amount: amount,
    currency_code: "php",
    raw_received_amount: amount,
    raw_expected_amount: amount,
    expected_currency_code: "php",
    cart_id: "cart_1",
    order_id: "order_1",
    created_at: new Date("2026-05-01T07:00:00Z"),
    settled_at: new Date("2026-05-01T08:00:00Z"),
    settled_by: "user_1",
    settled_by_name: "Ana Reyes",
    note: "Given back",
    customer: { id: "cus_1", name: "Maria Santos", email: "maria@example.com" },
    order: { id: "order_1", display_id: 7 },
    taken: null,
    ...change,
  }
}

async function exported(...rows: Row[]): Promise<Record<string, string>[]> {
  const chunks: Buffer[] = []
  const output = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk)
      done()
    },
  })
  await writeCsv(exceptionsCsv(pagesOf(rows)), output)
  return parse(Buffer.concat(chunks), { bom: true, columns: true })
}

async function* pagesOf(rows: Row[]) {
  yield await Promise.resolve(rows)
}
