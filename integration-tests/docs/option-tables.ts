import { z, type ZodType } from "zod"
import { csvOptions, sepaOptions } from "../../src/payout-providers/bank-file/options"
import { cashyPayoutOptions } from "../../src/payout-providers/cashy/options"
import { mocasaPayoutOptions } from "../../src/payout-providers/mocasa/options"
import { paymentzPayoutOptions } from "../../src/payout-providers/paymentz/options"
import { commonOptions } from "../../src/providers/base/options"
import { cashyOptions } from "../../src/providers/cashy/options"
import { kessOptions } from "../../src/providers/kess/options"
import { mocasaOptions } from "../../src/providers/mocasa/options"
import { mocopayOptions } from "../../src/providers/mocopay/options"
import { paymentzOptions } from "../../src/providers/paymentz/options"
import type { OwnGateway } from "../../src/providers/registry"
import { narrowTable } from "./markdown-table"

/** The options that each provider of payments takes, those of every gateway included. */
export const paymentOptions: Readonly<Record<string, Shape>> = {
  cashy: shapeOf(cashyOptions),
  kess: shapeOf(kessOptions),
  mocasa: shapeOf(mocasaOptions),
  mocopay: shapeOf(mocopayOptions),
  paymentz: shapeOf(paymentzOptions),
} satisfies Readonly<Record<OwnGateway, Shape>>

/** The options that each provider of payouts takes. */
export const payoutProviderOptions: Readonly<Record<string, Shape>> = {
  "bank-file": { ...sepaOptions.shape, ...csvOptions.shape },
  cashy: shapeOf(cashyPayoutOptions),
  mocasa: shapeOf(mocasaPayoutOptions),
  paymentz: shapeOf(paymentzPayoutOptions),
}

type Shape = Readonly<Record<string, ZodType>>

/** The options that an object's schema names, whatever checks and changes the whole object after. */
function shapeOf(schema: z.core.$ZodType): Shape {
  if (schema instanceof z.ZodPipe) {
    return shapeOf(schema.in)
  }
  if (schema instanceof z.ZodObject) {
    return schema.shape
  }
  throw new Error("the options are no object's schema")
}

/** The options of every gateway. */
export function commonOptionTable(): string {
  return optionTable(commonOptions)
}

/** What a gateway's provider of payments takes beside the options of every gateway. */
export function paymentOptionTable(gateway: string): string {
  const own = Object.entries(paymentOptions[gateway] ?? {}).filter(
    ([name]) => !Object.hasOwn(commonOptions, name)
  )
  return optionTable(Object.fromEntries(own))
}

export function payoutOptionTable(gateway: string): string {
  return optionTable(payoutProviderOptions[gateway] ?? {})
}

/**
 * A row for each option, by its schema: what must be set first, then the others, each in the schema's order.
 *
 * @throws Error for an option that is not described
 */
export function optionTable(shape: Shape): string {
  const rows = Object.entries(shape).map(([name, schema]) => {
    if (!schema.description) {
      throw new Error(`The option ${name} has no description: add .describe() to its schema`)
    }
    return [`\`${name}\``, withoutIt(schema), schema.description]
  })
  const isRequired = ([, without]: string[]) => without === "required"
  return narrowTable(
    ["option", "default", "what it is and where to find it"],
    [...rows.filter(isRequired), ...rows.filter((row) => !isRequired(row))]
  )
}

/** What goes for an option that is left out; a value that is a list or an object is told by the description. */
function withoutIt(schema: ZodType): string {
  const left = schema.safeParse(undefined)
  if (!left.success) {
    return "required"
  }
  const isPlain = left.data !== undefined && typeof left.data !== "object"
  return isPlain || isEmptyList(left.data) ? `\`${JSON.stringify(left.data)}\`` : ""
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0
}
