import { compare, decimal } from "../../gateways/shared/money"
import {
  AbstractPayoutProvider,
  type BankStatement,
  type NewPayoutBeneficiary,
  type PayoutAccount,
  type PayoutBeneficiaryResult,
  type PayoutCapabilities,
  type PayoutContactField,
  type PayoutField,
  type PayoutFileContent,
  type PayoutFileInput,
  type PayoutFiles,
  type PayoutOrder,
  type PayoutReport,
  type PayoutResult,
  StatementProblem,
} from "../../modules/payout/provider"
import { fieldProblem, orderProblem } from "../base/outcomes"
import { type PayoutDefinition, payoutOptionsOf } from "../base/provider"
import { bicProblem, ibanProblem, plainBic, plainIban, sepaIbanProblem } from "./account-numbers"
import { readCamt053 } from "./camt-053"
import { buildCsvFile, csvCellProblem, csvPhoneProblem } from "./csv-file"
import { readCsvStatement } from "./csv-statement"
import { type BankFileOptions, bankFileOptions } from "./options"
import { buildPain001, largestAmount, longestName, longestPurpose, pain001 } from "./pain-001"
import { sepaProblem } from "./sepa-text"

const longestContact = 320

const bankFile: PayoutDefinition<BankFileOptions> = {
  // As the package's path says it, by which an error at boot names it.
  identifier: "bank-file",
  title: "Bank file",
  options: bankFileOptions,
}

/**
 * Payouts that a person takes to the shop's own bank, for beneficiaries whom no gateway pays: approved transfers become
 * a file, and the bank's statement, or a person, says what was paid.
 */
export class BankFilePayoutProvider extends AbstractPayoutProvider {
  static override identifier = "bank_file"

  static override validateOptions(options: Record<string, unknown>): void {
    payoutOptionsOf(bankFile, options)
  }

  readonly title = bankFile.title
  readonly capabilities: PayoutCapabilities
  override readonly files: PayoutFiles

  constructor(_cradle: object, options: Record<string, unknown>) {
    super()
    const parsed = payoutOptionsOf(bankFile, options)
    const capabilities = capabilitiesFor(parsed)
    this.capabilities = capabilities
    this.files = {
      format: parsed.format === "csv" ? "csv" : pain001,
      orderProblem: (order) => fileProblem(order, capabilities),
      makeFile: (input) => fileOf(input, parsed),
      readStatement: (text) => statementOf(text, parsed),
      // Statements name an IBAN, with which a number of the bank's own can't be compared.
      isPayee: ({ iban }, named) => iban === undefined || plainIban(iban) === plainIban(named),
    }
  }

  /** A bank has no call for it: the account goes with every transfer. */
  async createBeneficiary({ account }: NewPayoutBeneficiary): Promise<PayoutBeneficiaryResult> {
    const problem = fieldProblem(account, this.capabilities.accountFields)
    return problem === undefined
      ? { status: "active", account: asMachinesWriteIt(account) }
      : { status: "rejected", message: problem }
  }

  async initiateTransfer(): Promise<PayoutResult> {
    return { outcome: "not_sent", message: "it is paid by a file, which is made of its batch" }
  }

  async retrieveTransfer(): Promise<PayoutReport> {
    return { outcome: "unknown", message: "what was paid stands in the account's statement" }
  }

  parseWebhook() {
    return { type: "unreadable" as const, reason: "a bank sends no webhooks about its files" }
  }
}

function asMachinesWriteIt(account: PayoutAccount): PayoutAccount {
  const written = Object.entries(account).map(([name, value]): [string, string] => {
    const isIban = name === "iban"
    const isBic = name === "bic"
    return [name, isIban ? plainIban(value) : isBic ? plainBic(value) : value.trim()]
  })
  return Object.fromEntries(written)
}

function fileOf(input: PayoutFileInput, options: BankFileOptions): PayoutFileContent {
  return options.format === "csv" ? buildCsvFile(input, options) : buildPain001(input, options)
}

/** XML begins with an angle bracket, which no list of columns does. @throws StatementProblem */
function statementOf(text: string, options: BankFileOptions): BankStatement {
  const statement = text.replace(/^\ufeff/, "").trimStart()
  if (!statement.startsWith("<")) {
    return readCsvStatement(statement, options.statement)
  }
  const { debtor } = options
  if (!debtor) {
    throw new StatementProblem(
      "Whose statement this is can't be told: the option debtor of this provider names no account"
    )
  }
  return readCamt053(statement, "iban" in debtor ? debtor : { iban: debtor.account })
}

/** Why a transfer can't stand in a file; undefined where it can. */
function fileProblem(order: PayoutOrder, capabilities: PayoutCapabilities): string | undefined {
  const { amount, currencyCode, purpose, beneficiary } = order
  const { contactFields = [], purposeProblem } = capabilities
  const { name, email, phone } = beneficiary
  const contact = { name, email: email ?? "", phone: phone ?? "" }
  const problem = orderProblem(order, capabilities) ?? fieldProblem(contact, contactFields)
  if (problem !== undefined) {
    return problem
  }
  if (currencyCode === "eur" && compare(decimal(amount), decimal(largestAmount)) > 0) {
    return `the amount is more than a SEPA transfer can be, which is ${largestAmount}`
  }
  const ofPurpose = purposeProblem?.(purpose)
  return ofPurpose === undefined ? undefined : `the purpose: ${ofPurpose}`
}

const iban = {
  name: "iban",
  title: "IBAN",
  required: true,
  hint: "such as HR12 1001 0051 8630 0016 0",
}
const bic: PayoutField = {
  name: "bic",
  title: "BIC",
  required: false,
  hint: "8 or 11 letters and digits, such as ZABAHR2X",
  problem: bicProblem,
}

function payeesName(problem: (name: string) => string | undefined): PayoutContactField {
  return { name: "name", title: "Name of the payee", required: true, problem }
}

/** Asked for where the bank's template has a column for it. */
const csvContacts: readonly PayoutContactField[] = [
  {
    name: "email",
    title: "E-mail",
    required: false,
    problem: (email) => csvCellProblem(email, longestContact),
  },
  {
    name: "phone",
    title: "Phone number",
    required: false,
    problem: (phone) => csvPhoneProblem(phone, longestContact),
  },
]

function capabilitiesFor(options: BankFileOptions): PayoutCapabilities {
  const common = {
    idempotentReference: false,
    webhooks: "none",
    identityFields: [],
    tellsBalance: false,
    // Nobody is called.
    leaseMs: 10_000,
  } as const
  if (options.format !== "csv") {
    return {
      ...common,
      currencies: { eur: 2 },
      contactFields: [payeesName((name) => sepaProblem(name, longestName))],
      accountFields: [{ ...iban, problem: sepaIbanProblem }, bic],
      purposeProblem: (purpose) => sepaProblem(purpose, longestPurpose),
    }
  }
  return {
    ...common,
    currencies: options.currencies,
    contactFields: [
      payeesName((name) => csvCellProblem(name, longestName)),
      ...csvContacts.filter(({ name }) =>
        options.columns.some((column) => "value" in column && column.value === name)
      ),
    ],
    accountFields:
      options.accounts === "iban"
        ? [{ ...iban, problem: ibanProblem }, bic]
        : [
            {
              name: "account_number",
              title: "Account number",
              required: true,
              pattern: /^[A-Za-z0-9](?:[A-Za-z0-9 /-]{2,32}[A-Za-z0-9])$/,
              hint: "4 to 34 letters and digits",
            },
            {
              name: "bank_code",
              title: "Bank",
              required: false,
              namesBank: true,
              pattern: /^[A-Za-z0-9][A-Za-z0-9 .-]{0,33}$/,
              hint: "the bank's code or name, as your bank's template wants it",
            },
          ],
    purposeProblem: (purpose) => csvCellProblem(purpose, options.longestPurpose),
  }
}
