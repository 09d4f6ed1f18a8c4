import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { MedusaError } from "@medusajs/framework/utils"
import { ManualClock } from "../../../../src/modules/payment-journal/__tests__/fixtures"
import { setImmediate as nextTurn } from "node:timers/promises"
import { backUpTables, emptyTables } from "../../../../src/modules/payout/__tests__/payout-database"
import {
  payoutsServed,
  alice,
  anAdmin,
  bob,
  carol,
  keyOf,
  newBeneficiary,
  newTransfer,
} from "../../../../src/modules/payout/__tests__/payouts-under-test"
import type { Actor } from "../../../../src/modules/payout/actor"
import type { PayoutModuleService } from "../../../../src/modules/payout/service"
import type { CrashPoint } from "./crash-point"
import { crashingConnection, type CrashingConnection } from "./crashing-connection"
import { LedgerGateway } from "./ledger-gateway"

export type Server = { payouts: PayoutModuleService; crash: CrashPoint }

/** Who is there: people leave, and others are invited. Who has left can do nothing any more, nor can their key. */
export class People {
  readonly everybody = [bob, carol, alice, anAdmin("dora")]
  #present = [...this.everybody]
  #invited = 0

  /** One of those who are there, or the key of one. */
  one(number: number): Actor {
    const actors = [
      ...this.#present,
      ...this.#present.slice(0, 1).map((owner) => keyOf(owner, "apk_1")),
    ]
    return actors[number % actors.length] ?? bob
  }

  get present(): readonly Actor[] {
    return this.#present
  }

  leaves(number: number): void {
    if (this.#present.length > 1) {
      this.#present.splice(number % this.#present.length, 1)
    }
  }

  invite(since: Date): Actor {
    this.#invited += 1
    const newcomer = { ...anAdmin(`invited_${this.#invited}`), since }
    this.everybody.push(newcomer)
    this.#present.push(newcomer)
    return newcomer
  }
}

/** The most that may be approved on one day; the amounts of the run are chosen so that it is met. */
export const perDay = "3000"

/** What the shop's config says in a run. */
export type Rules = {
  approval: "second_person" | "none"
  /** Where there is one, some of the run's amounts are above it. */
  perTransfer?: string
}

/** The two machines that the shop's servers run on. One on which a server died is started again. */
export class Machines {
  readonly observer: Knex
  readonly #url: string
  readonly #running: CrashingConnection[]
  crashes = 0

  constructor(url: string, observer: Knex) {
    this.#url = url
    this.observer = observer
    this.#running = [crashingConnection(url), crashingConnection(url)]
  }

  running(index: number): CrashingConnection {
    const machine = this.#running[index]
    if (machine && !machine.crash.isDead) {
      return machine
    }
    this.crashes += 1
    const started = crashingConnection(this.#url)
    this.#running[index] = started
    return started
  }

  async stop(): Promise<void> {
    const living = this.#running.filter(({ crash }) => !crash.isDead)
    await Promise.all(living.map(({ connection }) => connection.destroy()))
  }
}

/** A shop with two servers, one database and one gateway. */
export class PayoutWorld {
  readonly clock = new ManualClock()
  readonly gateway = new LedgerGateway(this.clock.now)
  readonly people = new People()
  readonly observer: Knex
  readonly beneficiaries: string[] = []
  /** What left before a backup was put back that knows nothing of it: no row tells of these. */
  readonly lostSendings = new Set<string>()
  restores = 0
  #backup = async () => {}
  /** What went wrong in a way that no rule explains. */
  readonly findings: unknown[] = []
  readonly rules: Rules
  readonly #machines: Machines
  readonly #servers = new Map<CrashingConnection, Server>()
  readonly #underWay: { done: Promise<void>; crash: CrashPoint }[] = []

  private constructor(machines: Machines, rules: Rules) {
    this.#machines = machines
    this.rules = rules
    this.observer = machines.observer
  }

  static async create(machines: Machines, rules: Rules): Promise<PayoutWorld> {
    await emptyTables(machines.observer)
    const world = new PayoutWorld(machines, rules)
    const { payouts } = world.server(0)
    for (const account_number of ["11112222", "33334444"]) {
      const wanted = newBeneficiary({ account: { account_number } })
      const { id } = await payouts.addBeneficiary(wanted, alice)
      world.beneficiaries.push(id)
      // So that there is something to send from the start, and room for more.
      for (const amount of ["200.00", "300.00"]) {
        const { transfer } = await payouts.makeTransfer(newTransfer({ id }, { amount }), alice)
        if (rules.approval === "second_person") {
          await payouts.approveTransfer(transfer.id, bob)
        }
      }
    }
    await world.backUp()
    return world
  }

  server(index: number): Server {
    const machine = this.#machines.running(index % 2)
    const running = this.#servers.get(machine)
    if (running) {
      return running
    }
    const { connection, crash } = machine
    const payouts = payoutsServed({
      connection,
      provider: this.gateway.seenBy(crash),
      now: this.clock.now,
      options: {
        approval: this.rules.approval,
        limits: { php: { perDay, perTransfer: this.rules.perTransfer } },
      },
    })
    const server = { payouts, crash }
    this.#servers.set(machine, server)
    return server
  }

  /**
   * Has one server do something. What the rules forbid is told in an error of Medusa's; any other error is a
   * finding.
   */
  async on(index: number, work: (payouts: PayoutModuleService) => Promise<unknown>): Promise<void> {
    const { payouts, crash } = this.server(index)
    const done = work(payouts).then(
      () => {},
      (error: unknown) => {
        // A statement that was on its way when the server died fails; nobody is there to hear of it.
        if (!crash.isDead && !(error instanceof MedusaError)) {
          this.findings.push(error)
        }
      }
    )
    // The gateway can hang: what comes then has to be waited for at the end.
    this.#underWay.push({ done, crash })
    await done
  }

  async backUp(): Promise<void> {
    this.#backup = await backUpTables(this.observer)
  }

  /** Puts back what stood at the last backup, when what was on its way has come to its end. */
  async restore(): Promise<void> {
    await this.allDone()
    await nextTurn()
    await this.#backup()
    this.restores += 1
    this.gateway.lagsForMs = 10 * 60_000
    const unsent = await this.observer("payout_transfer")
      .whereIn("status", ["awaiting_approval", "approved", "rejected", "expired", "canceled"])
      .pluck("reference")
    const kept = await this.observer("payout_transfer").pluck("reference")
    for (const { reference } of this.gateway.moves) {
      if (unsent.includes(reference) || !kept.includes(reference)) {
        this.lostSendings.add(reference)
      }
    }
    const pause = await this.observer("payout_pause").whereNull("resumed_at").first()
    this.gateway.isPaused = pause !== undefined
  }

  /** The gateway is well again. What a server that has died was at never ends. */
  async allDone(): Promise<void> {
    this.gateway.sends = "pays"
    this.gateway.answers = "answers"
    this.gateway.letGo()
    const living = this.#underWay.filter(({ crash }) => !crash.isDead)
    await Promise.all(living.map(({ done }) => done))
  }
}
