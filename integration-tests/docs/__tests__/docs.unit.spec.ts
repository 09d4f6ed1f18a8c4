import { readFileSync } from "node:fs"
import { join } from "node:path"
import { known as readKnown, root } from "../known"
import { problemsOf, type Doc } from "../problems"

const known = readKnown()
const docs: Doc[] = known.files
  .filter((path) =>
    /^(?:README\.md|SECURITY\.md|docs\/.*\.md|(?:integration-tests|benchmarks)\/.*README\.md)$/.test(
      path
    )
  )
  .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }))

it.each(docs.map((doc) => [doc.path, doc] as const))(
  "%s names nothing that does not exist",
  (_, doc) => {
    expect(problemsOf(doc, docs, known)).toEqual([])
  }
)

it("is short for a shop's owner: README.md has at most 9 KB", () => {
  expect(Buffer.byteLength(docs.find(({ path }) => path === "README.md")?.text ?? "")).toBeLessThan(
    9_216
  )
})

describe("what is wrong in a document is told:", () => {
  const problems = (text: string, path = "docs/example.md") => {
    const doc = { path, text }
    return problemsOf(doc, [...docs, doc], known)
  }

  it.each([
    ["a link to a file", "[x](operations.md)", "[x](operation.md)"],
    [
      "a link to a heading",
      "# Some heading\n[x](#some-heading)",
      "# Some heading\n[x](#some-headings)",
    ],
    [
      "a link to another file's heading",
      "[x](operations.md#webhooks)",
      "[x](operations.md#webhook)",
    ],
    ["a file", "`src/providers/registry.ts`", "`src/providers/registries.ts`"],
    ["a file by the end of its path", "`providers/registry.ts`", "`provider/registry.ts`"],
    [
      "a file of each gateway",
      "`src/gateways/<gateway>/client.ts`",
      "`src/gateways/<gateway>/clients.ts`",
    ],
    ["a folder", "`src/providers/base`", "`src/providers/basis`"],
    ["a command", "`npm run lint`", "`npm run linter`"],
    ["a command in a block", "```bash\nnpm run demo\n```", "```bash\nnpm run demos\n```"],
    [
      "a route",
      "`POST /admin/payouts/transfers/:id/approve`",
      "`POST /admin/payouts/transfers/:id/approved`",
    ],
    [
      "a route's method",
      "`GET /admin/gateway-payments/exceptions`",
      "`DELETE /admin/gateway-payments/exceptions`",
    ],
    ["a route without its method", "`/store/saved-payment-methods`", "`/store/saved-methods`"],
    ["the end of a route", "`POST .../:id/refund`", "`POST .../:id/refunds`"],
    ["an event", "`payment.unmatched`", "`payment.matched`"],
    ["an event of many", "`payout.transfer.<status>`", "`payout.transfers.<status>`"],
    [
      "a name of the code",
      "`confirmPaymentWorkflow({ session_id })`",
      "`confirmPayment2Workflow({ session_id })`",
    ],
    ["a column", "`webhook_event`", "`webhook_events_of_gateways`"],
    [
      "an option in an example",
      '```ts\nkess({\n  mode: "native",\n})\n```',
      '```ts\nkess({\n  modus: "native",\n})\n```',
    ],
  ])("%s", (_, right, wrong) => {
    expect(problems(right)).toEqual([])
    expect(problems(wrong)).toHaveLength(1)
  })
})
