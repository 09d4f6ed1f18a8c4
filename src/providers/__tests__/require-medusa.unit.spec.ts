import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { WorkflowManager } from "@medusajs/framework/orchestration"
import * as installedFlows from "@medusajs/medusa/core-flows"
import { coreFlows, medusaTables, type MedusaParts, versionProblem } from "../require-medusa"

const allColumns = () =>
  new Map(Object.entries(medusaTables).map(([table, names]) => [table, new Set(names)]))

/** A Medusa that has all that is relied on. */
const whole: MedusaParts = {
  version: "2.30.0",
  columns: allColumns(),
  hasCoreFlow: () => true,
  hasStep: () => true,
}

describe("the Medusa that a store runs", () => {
  it("is taken where it has all that is relied on", () => {
    expect(versionProblem(whole)).toBeUndefined()
  })

  it.each<[string, Partial<MedusaParts>]>([
    ["the table order_cart", { columns: without("order_cart") }],
    ["the column payment.raw_amount", { columns: without("payment", "raw_amount") }],
    [
      "the core flow processPaymentWorkflow",
      { hasCoreFlow: (name) => name !== "processPaymentWorkflow" },
    ],
    [
      "the step complete-cart-after-payment-step of process-payment-workflow",
      { hasStep: () => false },
    ],
  ])("is refused by its version and by name without %s", (part, lacking) => {
    const problem = versionProblem({ ...whole, ...lacking })
    expect(problem).toContain(`does not have, so the store does not start: ${part}. Install`)
    expect(problem).toContain("version 2.30.0")
  })

  it("is told of all that is missing at once", () => {
    const problem = versionProblem({ ...whole, columns: new Map(), hasStep: () => false })
    expect(problem).toContain("the table refund, ")
    expect(problem).toContain("the step ")
  })
})

describe("what is relied on", () => {
  it("names all that this package imports of Medusa's core flows", () => {
    const source = join(__dirname, "../..")
    const imported = readdirSync(source, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts") && !file.includes("__tests__"))
      .map((file) => readFileSync(join(source, file), "utf8"))
      .flatMap((text) => [
        ...text.matchAll(/import \{([^}]+)\} from "@medusajs\/medusa\/core-flows"/g),
      ])
      .flatMap(([, names = ""]) => names.split(",").map((name) => name.trim()))
      .filter((name) => name !== "" && !name.startsWith("type "))
    expect([...new Set(imported)].sort()).toEqual(coreFlows)
  })

  it("is there in the Medusa that is installed here", () => {
    const flows: object = installedFlows
    expect(coreFlows.filter((name) => Reflect.get(flows, name) === undefined)).toEqual([])
    const workflow = WorkflowManager.getWorkflow("process-payment-workflow")
    expect(workflow.handlers_.has("complete-cart-after-payment-step")).toBe(true)
  })
})

function without(table: string, column?: string) {
  const columns = allColumns()
  if (column === undefined) {
    columns.delete(table)
  } else {
    columns.get(table)?.delete(column)
  }
  return columns
}
