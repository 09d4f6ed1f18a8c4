import type { ModuleProvider } from "@medusajs/framework/types"
import { z } from "zod"
import { isPositive, tryDecimal } from "../../gateways/shared/money"
import { checked, type Problem, problemLines } from "../../shared/validation"
import { invalidData } from "../../shared/errors"
import { providerIdProblem } from "../../shared/provider-address"
import { isTimeZone } from "../../shared/time-zone"
import { personalActs } from "./actor"

const amount = z.string({ error: 'must be an amount as a text, such as "50000.00"' }).refine(
  (text) => {
    const value = tryDecimal(text)
    return value !== undefined && isPositive(value)
  },
  { error: 'must be an amount above zero as a text, such as "50000.00"' }
)

const makeKey = "Make one with: openssl rand -base64 32"

const encryptionKey = z
  .string({
    error: ({ input }) =>
      input === undefined ? `is missing. ${makeKey}` : `must be a text. ${makeKey}`,
  })
  .min(1, { error: `is empty. ${makeKey}`, abort: true })
  .refine((text) => Buffer.from(text, "base64").length === 32, {
    error: `must be 32 bytes in base64. ${makeKey}`,
  })

const timeZone = z
  .string()
  .refine(isTimeZone, { error: "must be a time zone such as Asia/Manila" })
  .default("UTC")

function byCurrency<Value extends z.ZodType>(value: Value) {
  const currency = z.string().regex(/^[a-z]{3}$/, { error: "must be a currency such as php" })
  return z.record(currency, value)
}

const limits = z.strictObject({
  /** The most that one transfer may be; major units. */
  perTransfer: amount.optional(),
  /** The most that all transfers approved on one day may add up to; major units. */
  perDay: amount.optional(),
  /** The same of those to one beneficiary, or to others with its account. */
  perBeneficiaryPerDay: amount.optional(),
  /** The same of those that one person made, by themselves or with a secret API key of theirs. */
  perMakerPerDay: amount.optional(),
})

const resolvable = z.custom<ModuleProvider["resolve"]>(
  (value) => typeof value === "string" || (typeof value === "object" && value !== null),
  { error: 'must be a package such as "medusa-regional-payments/payout-providers/mocasa"' }
)

const provider = z.strictObject({
  resolve: resolvable,
  id: z.unknown().transform((id, context) => {
    const problem = providerIdProblem(id)
    if (problem !== undefined) {
      context.addIssue({ code: "custom", message: problem })
      return z.NEVER
    }
    return typeof id === "string" && id !== "" ? id : undefined
  }),
  options: z.record(z.string(), z.unknown()).default({}),
})

/** The plugin's option `payouts`. */
export const payoutOptions = z
  .strictObject({
    providers: z.array(provider).default([]).describe("The gateways, each with the options below."),
    approval: z
      .enum(["second_person", "none"], { error: 'must be "second_person" or "none"' })
      .default("second_person")
      .describe(
        "A transfer is sent once a second person has approved it: neither its maker, nor the last editor of its " +
          "beneficiary, nor whoever last changed a field of the account, the name, the phone or the e-mail that is " +
          'sent. `"none"` sends at once what you make, unless it looks like a payment that was made already.'
      ),
    approvers: z
      .array(z.string().trim().min(1))
      .min(1)
      .optional()
      .describe(
        "Who may approve, and alone may resolve, settle by a bank's statement and resume sending, by the admin's id " +
          "(`user_...`), or by an e-mail that one admin has and nobody else has or had; see " +
          "[what four eyes are worth](#what-four-eyes-are-worth). Without it everybody may. Medusa's own roles count " +
          "too, where you [have them](payouts-api.md#who-may)."
      ),
    keysMay: z
      .array(z.enum(personalActs, { error: `must be some of ${personalActs.join(", ")}` }))
      .default([])
      .describe(
        "What secret API keys may do of what is a person's to do: some of " +
          `${personalActs.map((act) => `\`${act}\``).join(", ")}.`
      ),
    accountCoolingOffHours: z
      .number()
      .int()
      .min(0)
      .max(720)
      .default(0)
      .describe(
        "So long after a change of a beneficiary's account nothing is approved or sent to it, while the payee can be " +
          "told; up to 720. It holds for [every beneficiary with that account](#when-an-account-changes)."
      ),
    holdFirstPayment: z
      .boolean()
      .default(false)
      .describe(
        "Whether the first payment to an account waits for somebody who says that they made sure that it is theirs, " +
          "also where no approval is asked for."
      ),
    approvalExpiresInDays: z
      .number()
      .int()
      .min(1)
      .max(365)
      .default(30)
      .describe("What nobody approved by then expires."),
    twoApproversAbove: byCurrency(amount)
      .default({})
      .describe(
        'By currency, such as `{ php: "100000.00" }`, in major units: a transfer above it, or in a batch that adds up ' +
          "to more, takes two people's approval."
      ),
    digestHour: z
      .number()
      .int()
      .min(0)
      .max(23)
      .default(8)
      .describe(
        "From which hour of the day on, in `timeZone`, people are told once what waits for them."
      ),
    limits: byCurrency(limits)
      .default({})
      .describe(
        "By currency, in major units: `perTransfer`, and `perDay` for all that was approved on one day, what is under " +
          "way included; of that `perBeneficiaryPerDay` for what goes to one beneficiary, or to another one with its " +
          "account, and `perMakerPerDay` for what one person made, also with keys."
      ),
    timeZone: timeZone.describe("Whose midnight a day begins at."),
    encryption: z
      .strictObject({ keyId: z.string().min(1), keys: z.record(z.string(), encryptionKey) })
      .refine(({ keyId, keys }) => Object.hasOwn(keys, keyId), {
        path: ["keyId"],
        error: "must name one of the keys",
      })
      .optional()
      .describe(
        "**Needed** as soon as there are `providers`: the keys that accounts are encrypted with (AES-256-GCM), new " +
          "ones by the one that `keyId` names. [To change the key](secrets.md#the-key-of-accounts), add a new one under a new " +
          "name, set `keyId` to it, and keep the old one until the log says that it is not needed any more."
      ),
    webhookRetentionDays: z
      .number()
      .int()
      .min(1)
      .default(90)
      .describe("How long the masked texts of webhooks are kept."),
  })
  .refine(({ approval, twoApproversAbove }) => approval !== "none" || isEmpty(twoApproversAbove), {
    path: ["twoApproversAbove"],
    error: 'takes approval: "second_person": with "none" nobody approves',
  })
  .refine(
    ({ approvers, twoApproversAbove }) =>
      approvers === undefined || approvers.length > 1 || isEmpty(twoApproversAbove),
    { path: ["twoApproversAbove"], error: "takes two people in approvers, who may approve" }
  )
  .refine(isEncryptedWherePaid, {
    path: ["encryption"],
    // Beside what else is wrong, and not only after it.
    when: () => true,
    error:
      "is missing: accounts are kept encrypted. Set " +
      'encryption: { keyId: "1", keys: { "1": process.env.PAYOUT_ENCRYPTION_KEY } }, ' +
      "with a key from: openssl rand -base64 32",
  })

function isEmpty(byCurrency: Record<string, string>): boolean {
  return Object.keys(byCurrency).length === 0
}

function isEncryptedWherePaid(options: unknown): boolean {
  const { providers, encryption } = Object(options)
  return !Array.isArray(providers) || providers.length === 0 || encryption !== undefined
}

export type PayoutOptions = z.infer<typeof payoutOptions>

/** All that the plugin can be given; Medusa itself puts the database's settings, and its password, beside it. */
const pluginOptions = z.strictObject({
  payouts: payoutOptions,
  database: z.unknown().optional(),
})

/**
 * @param options the plugin's own, as Medusa hands them to every module of it
 * @throws MedusaError invalid_data naming each option that is wrong; it never holds a value
 */
export function parsePayoutOptions(options: unknown): PayoutOptions {
  const result = checkedOptions(options)
  if (result.success) {
    return result.data.payouts
  }
  throw invalidData(
    "The options of the plugin medusa-regional-payments in medusa-config can't be used:\n" +
      problemLines(result.problems).join("\n")
  )
}

/** The same without throwing: what is wrong, at which place such as `payouts.encryption`. */
export function payoutOptionProblems(options: unknown): Problem[] {
  const result = checkedOptions(options)
  return result.success ? [] : result.problems
}

function checkedOptions(options: unknown) {
  const given: object = typeof options === "object" && options !== null ? options : {}
  return checked(
    pluginOptions,
    { ...given, payouts: Reflect.get(given, "payouts") ?? {} },
    "option"
  )
}
