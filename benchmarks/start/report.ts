import { least } from "../kit/statistics"
import { sizes } from "./sizes"
import { type StartedShop, startedShops } from "./started-shops"

/** Lines with what a server costs to start with the plugin and without it, and how large the plugin is. */
export async function startReport(rounds: number): Promise<string> {
  const { packed, unpacked, dashboard, dashboardSent } = await sizes()
  const { databaseFrom } = await import("local-postgres")
  const database = await databaseFrom(process.env, { log: () => undefined })
  try {
    const shops = await startedShops(rounds, async (name) => {
      await database.createDatabase(name)
      return database.databaseUrl(name)
    })
    return [
      `Medusa's server until it answers, the least of ${rounds} starts each:`,
      ...shops.map(lineOf),
      `The package: ${kb(packed)} packed, ${kb(unpacked)} unpacked; its part of the dashboard: ` +
        `${kb(dashboard)}, ${kb(dashboardSent)} as it is sent (gzip)`,
    ].join("\n")
  } finally {
    await database.stop()
  }
}

function lineOf({ name, starts }: StartedShop): string {
  const [seconds, cpuSeconds, residentMb] = (["seconds", "cpuSeconds", "residentMb"] as const).map(
    (key) => least(starts.map((start) => start[key]))
  )
  return (
    `  ${name} the plugin: ${seconds?.toFixed(1)} s, ${cpuSeconds?.toFixed(1)} s of processor time, ` +
    `${residentMb?.toFixed(0)} MB in memory`
  )
}

function kb(bytes: number): string {
  return `${Math.round(bytes / 1_024)} KB`
}
