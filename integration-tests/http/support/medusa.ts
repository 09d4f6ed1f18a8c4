import axios, { type AxiosInstance } from "axios"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { MedusaContainer } from "@medusajs/framework/types"
import { container } from "@medusajs/framework"
import { asValue } from "@medusajs/framework/awilix"
import { MedusaModule } from "@medusajs/framework/modules-sdk"
import { ContainerRegistrationKeys, Modules, ModulesSdkUtils } from "@medusajs/framework/utils"
import { startApp } from "@medusajs/test-utils"
import { repository, SpecDatabase } from "./spec-database"
import { countSubscribers } from "./subscribers-at-work"

type Running = Awaited<ReturnType<typeof startApp>>

/**
 * The Medusa of this folder, booted once for a spec file in its own process over a migrated database of its own. Medusa's
 * `medusaIntegrationTestRunner` migrates and loads everything twice for each spec file, which takes longer than
 * most files' tests. What a boot leaves in Medusa's own registries is cleared when it stops, so that the next file of
 * the worker can boot one.
 */
export class Medusa {
  /** Goes to wherever Medusa is, once it was started. */
  readonly api: AxiosInstance = axios.create()
  #database: SpecDatabase | undefined
  #running: Running | undefined
  #countNoMore = () => {}

  async start(): Promise<void> {
    this.#database = await SpecDatabase.create()
    process.env.DATABASE_URL = this.#database.url
    this.#countNoMore = countSubscribers()
    // Else Medusa takes the one that its container still has, of the shop which this worker had before.
    const connection = ModulesSdkUtils.createPgConnection({
      clientUrl: this.#database.url,
      schema: "public",
    })
    container.register(ContainerRegistrationKeys.PG_CONNECTION, asValue(connection))
    this.#running = await startApp({ cwd: repository })
    this.api.defaults.baseURL = this.url
    // Medusa 2.21 does not read this option from the config: without it each webhook waits 5 s.
    Object.assign(this.container.resolve(Modules.PAYMENT), { options: { webhook_delay: 1 } })
  }

  async keepOrRestore(): Promise<void> {
    await this.#started(this.#database).keepOrRestore()
  }

  async stop(): Promise<void> {
    // What does not stop within five seconds, on a busy machine, ends with this process.
    await this.#running?.shutdown().catch(() => undefined)
    MedusaModule.clearInstances()
    this.#countNoMore()
    await this.#database?.drop()
    delete process.env.DATABASE_URL
  }

  get url(): string {
    return `http://localhost:${this.#started(this.#running).port}`
  }

  get container(): MedusaContainer {
    return this.#started(this.#running).container
  }

  get database(): Knex {
    return this.container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  }

  get databaseUrl(): string {
    return this.#started(this.#database).url
  }

  #started<Part>(part: Part | undefined): Part {
    if (part === undefined) {
      throw new Error("Medusa has not been started")
    }
    return part
  }
}
