import { configManager } from "@medusajs/framework/config"
import type { ConfigModule, LoaderOptions } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import type { Problem } from "../shared/checked"
import { invalidData } from "../shared/medusa-error"
import { ownAddressProblems } from "../shared/own-address"
import { providerIdProblem, repeated } from "../shared/provider-id"
import type { GatewayDefinition, LifecycleOptions } from "./base/gateway"
import { optionProblems, problemsSentence } from "./base/options"
import { ownEntries, type OwnEntry } from "./registry"

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

/**
 * Loaded with every payment provider: Medusa registers them, by their ids, before it validates any options.
 *
 * @throws MedusaError invalid_data where two providers of this package have one id
 */
export async function requireOwnIds({
  container,
}: Pick<LoaderOptions, "container">): Promise<void> {
  const config: ConfigModule = container.resolve(ContainerRegistrationKeys.CONFIG_MODULE)
  const doubles = doublesAmong(ownEntries(config))
  if (doubles.length > 0) {
    throw invalidData(doubles.join("\n"))
  }
}

function problemsOf({ definition, id, options }: OwnEntry): Problem[] {
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

function doublesAmong(entries: readonly OwnEntry[]): string[] {
  const names = entries.map(({ definition, id }) => nameOf(definition, id))
  return repeated(names).map(
    (name) =>
      `The payment module's providers in medusa-config have pp_${name} more than once. Give each an id of its own`
  )
}

/** As it stands in addresses. */
function nameOf({ identifier }: { identifier: string }, id: unknown): string {
  return id === undefined || id === "" ? identifier : `${identifier}_${String(id)}`
}
