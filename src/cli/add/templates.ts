/** What is written for each gateway: the options without which a shop does not start, and those that it needs to be told of payments. */

import type { OwnGateway } from "../../providers/registry"

/**
 * - `env`: a variable of the environment, whose name begins with the gateway's, as that of a credential; one that
 *   `mayBeEmpty` leaves the option at what it is without it
 * - `code`: a value of the shop's choice, as TypeScript, to be looked at by a person
 * - `backend`, `storefront`: an address of the store's own, or of its storefront, by its path; `{name}` is the provider's
 */
export type OptionTemplate =
  | { option: string; env: string; mayBeEmpty?: true }
  | { option: string; code: string }
  | { option: string; backend: string }
  | { option: string; storefront: string }

const webhook = "/hooks/payment/{name}"
const back = "/payments/{name}/return"
const storefrontPage = "/checkout/return"

const templates = {
  mocasa: [
    { option: "baseUrl", env: "BASE_URL" },
    { option: "clientKey", env: "CLIENT_KEY" },
    { option: "clientSecret", env: "CLIENT_SECRET" },
    { option: "returnUrl", storefront: storefrontPage },
  ],
  mocopay: [
    { option: "baseUrl", env: "BASE_URL", mayBeEmpty: true },
    { option: "apiKey", env: "API_KEY" },
    { option: "secret", env: "SECRET" },
    // A product of the stand-in's.
    { option: "products", code: '[{ pid: "PP27638048", amount: "10.00", currency: "EUR" }]' },
    { option: "callbackUrl", backend: back },
    { option: "notifyUrl", backend: webhook },
    { option: "storefrontUrl", storefront: storefrontPage },
  ],
  kess: [
    { option: "baseUrl", env: "BASE_URL" },
    { option: "username", env: "USERNAME" },
    { option: "password", env: "PASSWORD" },
    { option: "storeId", env: "STORE_ID" },
    // WeChat Pay. A number, as KESS's pages have it: a variable of the environment would be a text.
    { option: "serviceId", code: "30" },
    { option: "mode", code: '"native"' },
    { option: "currency", code: '"usd"' },
  ],
  cashy: [
    { option: "baseUrl", env: "BASE_URL" },
    { option: "merchantId", env: "MERCHANT_ID" },
    { option: "apiKey", env: "API_KEY" },
    { option: "currency", code: '"PKR"' },
    { option: "payType", code: "36" },
    { option: "notifyUrl", backend: webhook },
  ],
  paymentz: [
    { option: "baseUrl", env: "BASE_URL" },
    { option: "memberId", env: "MEMBER_ID" },
    { option: "secureKey", env: "SECURE_KEY" },
    { option: "partnerId", env: "PARTNER_ID" },
    { option: "username", env: "USERNAME" },
    { option: "totype", env: "TOTYPE" },
    { option: "returnUrl", backend: back },
    { option: "notificationUrl", backend: webhook },
    { option: "storefrontUrl", storefront: storefrontPage },
  ],
} as const satisfies Readonly<Record<OwnGateway, readonly OptionTemplate[]>>

export type GatewayName = keyof typeof templates

export const gatewayNames = Object.keys(templates).filter(isGatewayName)

export function isGatewayName(name: string): name is GatewayName {
  return Object.hasOwn(templates, name)
}

export type NewProvider = {
  gateway: GatewayName
  /** The second part of the provider's id in Medusa; the gateway's name where a shop gives it no other. */
  id: string
}

/** The call that stands in the config, such as `mocasa({...})`, with its first line not indented. */
export function providerCode({ gateway, id }: NewProvider, indent: string): string {
  const lines = [
    ...(id === gateway ? [] : [`id: ${JSON.stringify(id)}`]),
    ...optionsOf(gateway).map((each) => `${each.option}: ${valueCode(each, { gateway, id })}`),
  ]
  return `${gateway}({\n${lines.map((line) => `${indent}  ${line},\n`).join("")}${indent}})`
}

/** The variables that it takes its values from, in the order in which they stand there. */
export function variablesOf(provider: NewProvider): string[] {
  const names = optionsOf(provider.gateway).flatMap((each) => {
    if ("env" in each) {
      return [variable(provider, each.env)]
    }
    return "backend" in each ? [backendUrl] : "storefront" in each ? [storefrontUrl] : []
  })
  return [...new Set(names)]
}

/** What was chosen for the shop, as `option: value`: another account has others. */
export function choicesOf({ gateway }: NewProvider): string[] {
  return optionsOf(gateway).flatMap((each) =>
    "code" in each ? [`${each.option}: ${each.code}`] : []
  )
}

const backendUrl = "BACKEND_URL"
const storefrontUrl = "STOREFRONT_URL"

function optionsOf(gateway: GatewayName): readonly OptionTemplate[] {
  return templates[gateway]
}

function valueCode(template: OptionTemplate, provider: NewProvider): string {
  if ("env" in template) {
    const code = `process.env.${variable(provider, template.env)}`
    return template.mayBeEmpty ? `${code} || undefined` : code
  }
  if ("code" in template) {
    return template.code
  }
  const { gateway, id } = provider
  return "backend" in template
    ? `\`\${process.env.${backendUrl}}${template.backend.replace("{name}", `${gateway}_${id}`)}\``
    : `\`\${process.env.${storefrontUrl}}${template.storefront}\``
}

/** A gateway that is listed twice has variables of its own for each account. */
function variable({ gateway, id }: NewProvider, name: string): string {
  const account = id === gateway ? [gateway] : [gateway, id]
  return [...account, name]
    .join("_")
    .replace(/[^a-z0-9]+/gi, "_")
    .toUpperCase()
}
