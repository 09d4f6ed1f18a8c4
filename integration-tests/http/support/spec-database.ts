import { execFile } from "node:child_process"
import { randomBytes } from "node:crypto"
import { createRequire } from "node:module"
import path from "node:path"
import { promisify } from "node:util"
import {
  closeWaitingroomClient,
  createPostgresDatabaseTemplate,
  restorePostgresDatabaseFromTemplate,
  TestDatabaseUtils,
} from "@medusajs/test-utils"
import { copyMigrated, onServer } from "../../../src/shared/__tests__/migrated-copy"

export const repository = path.join(__dirname, "../../..")

const medusa = createRequire(__filename).resolve("@medusajs/cli/cli.js")

/** The database of one spec file, with Medusa's tables and ours. */
export class SpecDatabase {
  readonly url: string
  readonly #name: string
  readonly #kept: string
  #isKept = false

  private constructor(name: string) {
    this.#name = name
    this.#kept = `${name}_kept`
    this.url = TestDatabaseUtils.getDatabaseURL(name)
  }

  /**
   * A copy of the run's migrated database, which the first spec that needs it makes. TEST_DATABASES is how the
   * names of the run's databases begin; without it, a spec run by itself, the database is migrated on its own.
   */
  static async create(run = process.env.TEST_DATABASES): Promise<SpecDatabase> {
    const id = randomBytes(6).toString("hex")
    if (run === undefined) {
      const name = `medusa_test_${id}`
      await onServer((client) => client.query(`create database "${name}"`))
      await migrate(name)
      return new SpecDatabase(name)
    }
    await copyMigrated(`${run}_migrated`, `${run}_${id}`, migrate)
    return new SpecDatabase(`${run}_${id}`)
  }

  /** The first time it keeps what is there; each further time it puts that back. */
  async keepOrRestore(): Promise<void> {
    const names = { databaseName: this.#name, templateName: this.#kept }
    if (this.#isKept) {
      await restorePostgresDatabaseFromTemplate(names)
    } else {
      await createPostgresDatabaseTemplate(names)
      this.#isKept = true
    }
  }

  async drop(): Promise<void> {
    await closeWaitingroomClient()
    await onServer(async (client) => {
      for (const name of [this.#kept, this.#name]) {
        // Whoever is still connected, such as a job that began late, is put out.
        await client.query(`drop database if exists "${name}" with (force)`)
      }
    })
  }
}

/** By the command that shops use; with the tables of the roles and of the locks too, which one spec each turns on. */
async function migrate(databaseName: string): Promise<void> {
  const command = [medusa, "db:migrate", "--skip-scripts", "--execute-safe-links"]
  try {
    await promisify(execFile)(process.execPath, command, {
      cwd: repository,
      env: {
        ...process.env,
        DATABASE_URL: TestDatabaseUtils.getDatabaseURL(databaseName),
        // The tables are the same whatever the spec sells through.
        SHOP_PROVIDERS: "[]",
        SHOP_PAYOUT_OPTIONS: "{}",
        MEDUSA_FF_RBAC: "true",
        SHOP_LOCKING: "postgres",
        MEDUSA_DISABLE_TELEMETRY: "1",
        // Jest's own options make nothing of TypeScript in another process.
        NODE_OPTIONS: "",
        NODE_ENV: "development",
      },
    })
  } catch (error) {
    // Medusa tells what went wrong on its standard output.
    const said = error instanceof Error && "stdout" in error ? String(error.stdout) : ""
    throw new Error(`The store's database could not be migrated:\n${said.slice(-4_000)}`, {
      cause: error,
    })
  }
}
