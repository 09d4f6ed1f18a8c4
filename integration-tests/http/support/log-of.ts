import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

const levels = ["error", "warn", "info", "http", "debug", "log"] as const

/** Every line that the store logs from now on, at any level, as it would be printed; jest takes the spies back. */
export function logOf(container: MedusaContainer): () => string[] {
  const logger = container.resolve(ContainerRegistrationKeys.LOGGER)
  const lines: string[] = []
  for (const level of levels) {
    jest.spyOn(logger, level).mockImplementation((...said: unknown[]) => {
      lines.push(`${level}: ${said.map(printed).join(" ")}`)
    })
  }
  return () => lines
}

function printed(said: unknown): string {
  return said instanceof Error ? `${said.stack} ${JSON.stringify(said)}` : String(said)
}
