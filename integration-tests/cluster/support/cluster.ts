import axios from "axios"
import { startChildStore, type ChildStore } from "../../http/support/child-store"
import type { Admin } from "../../http/support/admin"
import type { GatewayShop } from "../../http/support/gateway-shop"
import { Shopper } from "../../http/support/shopper"

/** Where Medusa's locks are: the two that servers can share. */
export type Locking = "redis" | "postgres"

type Role = "server" | "worker"

/** Two servers and a worker of one shop, each a process of its own, over one database and one Redis. */
export class Cluster {
  readonly servers: readonly Member[]
  readonly worker: Member

  /** One that is not up yet, and that who asks for it has to kill. */
  readonly anotherWorker: () => Member

  private constructor(boot: (role: Role) => Member) {
    this.servers = [boot("server"), boot("server")]
    this.worker = boot("worker")
    this.anotherWorker = () => boot("worker")
  }

  static async start(databaseUrl: string, redisUrl: string, locking: Locking): Promise<Cluster> {
    const boot = (role: Role) => new Member(databaseUrl, role, environmentOf(redisUrl, locking))
    const cluster = new Cluster(boot)
    try {
      await startInTurn(cluster.#members)
    } catch (error) {
      await cluster.stop()
      throw error
    }
    return cluster
  }

  /** The addresses of the servers that are up. */
  get urls(): string[] {
    return this.servers.filter(({ isUp }) => isUp).map(({ url }) => url)
  }

  /** Starts those that were killed. */
  async restart(): Promise<void> {
    await startInTurn(this.#members.filter(({ isUp }) => !isUp))
  }

  async stop(): Promise<void> {
    await Promise.all(this.#members.map((member) => member.kill()))
  }

  get #members(): readonly Member[] {
    return [...this.servers, this.worker]
  }
}

/** A start keeps a processor busy all the time: several at once would only let each other's connections time out. */
async function startInTurn(members: readonly Member[]): Promise<void> {
  for (const member of members) {
    await member.start()
  }
}

export class Member {
  readonly #databaseUrl: string
  readonly #environment: Readonly<Record<string, string>>
  #store: ChildStore | undefined

  constructor(databaseUrl: string, role: Role, environment: Readonly<Record<string, string>>) {
    this.#databaseUrl = databaseUrl
    this.#environment = { ...environment, MEDUSA_WORKER_MODE: role }
  }

  async start(): Promise<void> {
    this.#store = await startChildStore(this.#databaseUrl, this.#environment)
  }

  /** `kill -9`; it can be started again. */
  async kill(): Promise<void> {
    const store = this.#store
    this.#store = undefined
    await store?.kill()
  }

  get isUp(): boolean {
    return this.#store !== undefined
  }

  get url(): string {
    if (!this.#store) {
      throw new Error("This server is not up")
    }
    return this.#store.url
  }

  /** The admin of the shop, whose requests come to this server. */
  admin({ admin }: Pick<GatewayShop, "admin">): Admin {
    return admin.at(axios.create({ baseURL: this.url }))
  }

  /** A shopper whose requests come to this server. */
  shopper({ store }: Pick<GatewayShop, "store">, country: string): Shopper {
    return new Shopper(axios.create({ baseURL: this.url }), store, country)
  }
}

/** As docs/operations.md has it; see medusa-config.ts. */
function environmentOf(redisUrl: string, locking: Locking): Record<string, string> {
  return {
    SHOP_ENGINE: "redis",
    SHOP_REDIS_URL: redisUrl,
    SHOP_LOCKING: locking,
    MEDUSA_FF_CACHING: "true",
  }
}
