/** Writes a provider into the text of a medusa-config: nothing of what stands there is changed, and the result is code again. */

import {
  type ArrayExpression,
  ConfigSource,
  type ObjectExpression,
  propertyOf,
} from "../config-source"
import { packageName } from "../own-package"
import { type NewProvider, providerCode } from "./templates"

/** The config is written in a way that this can't add to: by code, or in parts. */
export class CannotWriteError extends Error {
  constructor(
    reason: string,
    /** What a person writes there. */
    readonly code: string
  ) {
    super(`${reason}. Write it yourself, among the payment module's providers:\n\n${code}`)
  }
}

/** A text to put in at a place, counted in characters from the beginning. */
type Insertion = { at: number; text: string }

const paymentModules = ["@medusajs/medusa/payment", "@medusajs/payment"]

/**
 * @returns the new text
 * @throws CannotWriteError
 * @throws Error where it is listed already
 */
export function withProvider(source: ConfigSource, provider: NewProvider): string {
  const resolve = `${packageName}/providers/${provider.gateway}`
  if (source.entries.some((entry) => entry.resolve === resolve && entry.id === provider.id)) {
    throw new Error(
      `${source.file} lists ${provider.gateway} with the id "${provider.id}" already. For a second account give it ` +
        "another one: --id second"
    )
  }
  const isPluginListed = source.entries.some((entry) => entry.resolve === packageName)
  const steps: Step[] = [
    ...(isPluginListed ? [] : [pluginEntry]),
    providerEntry,
    (each) => importOf(each, [provider.gateway, ...(isPluginListed ? [] : ["regionalPayments"])]),
  ]
  // Each step reads what the one before it has written.
  const written = steps.reduce((current, step) => {
    const insertion = step(current, provider)
    return insertion ? readAgain(current, insertion, provider) : current
  }, source)
  return checkedText(written, provider)
}

type Step = (source: ConfigSource, provider: NewProvider) => Insertion | undefined

function readAgain(
  { file, text }: ConfigSource,
  insertion: Insertion,
  provider: NewProvider
): ConfigSource {
  try {
    return new ConfigSource(file, applied(text, insertion))
  } catch {
    throw cannot(provider, `${file} could not be added to`)
  }
}

/** Whatever was put in where, it counts as done only where it can be read back. */
function checkedText({ file, text, entries }: ConfigSource, provider: NewProvider): string {
  const isThere = (name: string) => entries.some(({ resolve }) => resolve === name)
  if (!isThere(packageName) || !isThere(`${packageName}/providers/${provider.gateway}`)) {
    throw cannot(provider, `${file} could not be added to`)
  }
  return text
}

function cannot(provider: NewProvider, reason: string): CannotWriteError {
  return new CannotWriteError(reason, providerCode(provider, ""))
}

function exportedBy(source: ConfigSource, provider: NewProvider): ObjectExpression {
  const { exported, file } = source
  if (!exported) {
    throw cannot(provider, `${file} exports no object that could be read`)
  }
  return exported
}

/** To the import that is there, or after the last one. */
function importOf(source: ConfigSource, names: readonly string[]): Insertion | undefined {
  const { own, lastEnd, isCommonJs } = source.imports
  const missing = names.filter((name) => !own?.names.includes(name))
  if (missing.length === 0) {
    return undefined
  }
  if (own) {
    return { at: own.lastNameEnd, text: `, ${missing.join(", ")}` }
  }
  const list = `{ ${[...missing].sort().join(", ")} }`
  const line = isCommonJs
    ? `const ${list} = require("${packageName}")`
    : `import ${list} from "${packageName}"`
  return lastEnd === 0 ? { at: 0, text: `${line}\n` } : { at: lastEnd, text: `\n${line}` }
}

function pluginEntry(source: ConfigSource, provider: NewProvider): Insertion {
  const config = exportedBy(source, provider)
  const plugins = propertyOf(config, "plugins")
  if (!plugins) {
    return newProperty(source, config, () => "plugins: [regionalPayments()]")
  }
  const list = source.arrayOf(plugins.value)
  if (!list) {
    throw cannot(provider, `plugins is no list that could be read in ${source.file}`)
  }
  return newElement(source, list, () => "regionalPayments()")
}

function providerEntry(source: ConfigSource, provider: NewProvider): Insertion {
  const config = exportedBy(source, provider)
  const payment = source.entries.find(({ resolve }) => paymentModules.includes(resolve))?.object
  if (payment) {
    return intoPaymentModule(source, payment, provider)
  }
  const entry = (indent: string) =>
    `{\n${indent}  resolve: "${paymentModules[0]}",\n${indent}  options: {\n${indent}    providers: [\n` +
    `${indent}      ${providerCode(provider, `${indent}      `)},\n${indent}    ],\n${indent}  },\n${indent}}`
  const modules = propertyOf(config, "modules")
  if (!modules) {
    return newProperty(
      source,
      config,
      (indent) => `modules: [\n${indent}  ${entry(`${indent}  `)},\n${indent}]`
    )
  }
  const list = source.arrayOf(modules.value)
  if (list) {
    return newElement(source, list, entry)
  }
  const object = source.objectOf(modules.value)
  if (!object) {
    throw cannot(provider, `modules is no list that could be read in ${source.file}`)
  }
  return newProperty(source, object, (indent) => `payment: ${entry(indent)}`)
}

function intoPaymentModule(
  source: ConfigSource,
  payment: ObjectExpression,
  provider: NewProvider
): Insertion {
  const list = (indent: string) =>
    `providers: [\n${indent}  ${providerCode(provider, `${indent}  `)},\n${indent}]`
  const options = propertyOf(payment, "options")
  if (!options) {
    return newProperty(
      source,
      payment,
      (indent) => `options: {\n${indent}  ${list(`${indent}  `)},\n${indent}}`
    )
  }
  const object = source.objectOf(options.value)
  const providers = object && propertyOf(object, "providers")
  if (object && !providers) {
    return newProperty(source, object, list)
  }
  const elements = providers && source.arrayOf(providers.value)
  if (!elements) {
    throw cannot(provider, `the payment module's providers can't be read in ${source.file}`)
  }
  return newElement(source, elements, (indent) => providerCode(provider, indent))
}

/** @param code is given the indentation of the line that it begins in */
function newElement(
  source: ConfigSource,
  list: ArrayExpression,
  code: (indent: string) => string
): Insertion {
  return behindLast(source, list, list.elements, code)
}

function newProperty(
  source: ConfigSource,
  object: ObjectExpression,
  code: (indent: string) => string
): Insertion {
  return behindLast(source, object, object.properties, code)
}

type Spanned = { start?: number | null; end?: number | null }

function behindLast(
  { text }: ConfigSource,
  whole: Spanned,
  parts: readonly (Spanned | null)[],
  code: (indent: string) => string
): Insertion {
  const last = parts.at(-1)
  const outer = indentAt(text, whole.start ?? 0)
  if (!last) {
    const at = (whole.start ?? 0) + 1
    return { at, text: `\n${outer}  ${code(`${outer}  `)},\n${outer}` }
  }
  const end = last.end ?? 0
  const isOneLine = !text.slice(whole.start ?? 0, last.start ?? 0).includes("\n")
  if (isOneLine) {
    return { at: end, text: `, ${code(outer)}` }
  }
  const indent = indentAt(text, last.start ?? 0)
  // A comma that is there already stands behind what is put in.
  const comma = commaNext.test(text.slice(end)) ? "" : ","
  return { at: end, text: `,\n${indent}${code(indent)}${comma}` }
}

/** With whatever blanks and comments stand before it. */
const commaNext = /^(?:\s|\/\/.*|\/\*[\s\S]*?\*\/)*,/

/** The white space at the beginning of a place's line. */
function indentAt(text: string, at: number): string {
  const line = text.slice(text.lastIndexOf("\n", at - 1) + 1, at)
  return /^\s*/.exec(line)?.[0] ?? ""
}

function applied(text: string, { at, text: added }: Insertion): string {
  return text.slice(0, at) + added + text.slice(at)
}
