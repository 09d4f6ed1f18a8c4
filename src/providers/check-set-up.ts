/** What is wrong with the set-up of this package's payment providers when the store boots: options, ids, addresses. */
import { isDeepStrictEqual } from "node:util"
import { configManager } from "@medusajs/framework/config"
import type { ConfigModule, LoaderOptions } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, MedusaError } from "@medusajs/framework/utils"
import { invalidData } from "../shared/errors"
import { ownAddressProblems, providerIdProblem, repeated } from "../shared/provider-address"
import type { Problem } from "../shared/validation"
import type { GatewayDefinition, LifecycleOptions } from "./base/gateway"
import { optionProblems, problemsSentence } from "./base/options"
import { isInThisPackage, nameOf, type OwnEntry, ownEntries } from "./registry"

/**
 * For Medusa's `validateOptions`, which is told the options of one provider alone, and after which Medusa goes no
 * further. This looks at all payment providers of this package in the shop's config, so that one error names all that
 * is wrong with them: their options, their ids, and the addresses of this store among the options.
 *
 * @throws MedusaError invalid_data, without any value of an option that can be secret
 */
export function checkSetUp(
  definition: GatewayDefinition<LifecycleOptions>,
  options: unknown,
  config: Pick<ConfigModule, "modules"> | undefined = configManager.config
): void {
  // There is none where a provider is used without a store.
  const listed = ownEntries(config ?? {})
  const isListed = listed.some((entry) => entry.definition === definition)
  const sentences = [
    ...listed.flatMap((entry) => sentenceOf(entry.definition, problemsOf(entry), entry.id)),
    ...(isListed ? [] : sentenceOf(definition, optionProblems(definition, options))),
  ]
  if (sentences.length > 0) {
    throw invalidData(sentences.join("\n"))
  }
}

/** What is wrong with a provider of the shop's config: its id, its options, the addresses of this store among them. */
export function problemsOf({ definition, id, options }: OwnEntry): Problem[] {
  const idProblem = providerIdProblem(id)
  if (idProblem !== undefined) {
    return [{ path: "id", message: idProblem }, ...optionProblems(definition, options)]
  }
  const name = nameOf(definition, id)
  return [
    ...optionProblems(definition, options),
    ...ownAddressProblems(definition.ownAddresses, options, name),
  ]
}

function sentenceOf(
  definition: Pick<GatewayDefinition<LifecycleOptions>, "identifier" | "title">,
  problems: readonly Problem[],
  id?: unknown
): string[] {
  return problems.length > 0 ? [problemsSentence(definition, problems, { id })] : []
}

/**
 * Stops the store at boot where the plugin could not answer a provider's webhooks itself: it finds its providers
 * in the shop's config by what they are loaded from, and a class of its own that is loaded from elsewhere would leave
 * them to Medusa's route, which verifies nothing and keeps nothing.
 *
 * @param config nothing is checked where none is loaded, as in a unit test
 * @throws MedusaError invalid_data with the line to write
 */
export function requireOwnRoute(
  { identifier, title }: { identifier: string; title: string },
  options: object,
  config: Pick<ConfigModule, "modules"> | undefined = configManager.config
): void {
  if (config === undefined || isListed(config, identifier, options)) {
    return
  }
  throw new MedusaError(
    MedusaError.Types.INVALID_DATA,
    `${title}: its provider is not loaded from this package's own path, so that its webhooks could not be taken. In ` +
      `medusa-config write { resolve: "${isInThisPackage(identifier) ? "medusa-regional-payments" : "<its package>"}/providers/${identifier}", ` +
      `id, options } among the payment module's providers`
  )
}

/** With these very options. */
function isListed(
  config: Pick<ConfigModule, "modules">,
  identifier: string,
  options: object
): boolean {
  return ownEntries(config).some(
    (entry) =>
      entry.definition.identifier === identifier && isDeepStrictEqual(entry.options, options)
  )
}

/**
 * Loaded with every payment provider: Medusa registers them, by their ids, before it validates any options.
 *
 * @throws MedusaError invalid_data where two providers of this package have one id
 */
export async function requireOwnIds({
  container,
}: Pick<LoaderOptions, "container">): Promise<void> {
  const config: ConfigModule = container.resolve(ContainerRegistrationKeys.CONFIG_MODULE)
  const duplicates = duplicatesAmong(ownEntries(config))
  if (duplicates.length > 0) {
    throw invalidData(duplicates.join("\n"))
  }
}

/** A sentence for each id that the config lists more than once. */
export function duplicatesAmong(entries: readonly OwnEntry[]): string[] {
  const names = entries.map(({ definition, id }) => nameOf(definition, id))
  return repeated(names).map(
    (name) =>
      `The payment module's providers in medusa-config have pp_${name} more than once. Give each an id of its own`
  )
}
