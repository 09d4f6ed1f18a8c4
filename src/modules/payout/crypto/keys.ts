import { hkdfSync } from "node:crypto"
import { MedusaError } from "@medusajs/framework/utils"
import { Refusal } from "../../../shared/errors"
import type { PayoutOptions } from "../options"

/** A row names a key that the options don't have. Nothing can be read or sent until they do. */
export class MissingKeyError extends Refusal {
  constructor(readonly keyId: string | null) {
    super(
      MedusaError.Types.NOT_ALLOWED,
      keyId === null
        ? "The option payouts.encryption of medusa-regional-payments is missing, so that no account can be " +
            "kept or read. Set it, with a key from: openssl rand -base64 32"
        : `An account is encrypted with the key "${keyId}", which the option payouts.encryption.keys of ` +
            "medusa-regional-payments does not have (any more). Add that key again; an old key is kept until " +
            "nothing is encrypted with it",
      { code: "encryption_key_missing" }
    )
  }
}

const uses = {
  account: "payout account",
  approval: "payout approval",
  digest: "payout digest",
  file: "payout file",
} as const

export type KeyUse = keyof typeof uses

export type NamedKey = { id: string; key: Buffer }

/**
 * The keys of the option `encryption`. Each use has a key of its own derived from the named one, so that what
 * is made with the one tells nothing about the other.
 */
export class KeyRing {
  // True private fields: nothing that prints this object shows a key.
  readonly #presentId: string | null
  readonly #derived = new Map<string, Record<KeyUse, Buffer>>()

  constructor(encryption: PayoutOptions["encryption"]) {
    this.#presentId = encryption?.keyId ?? null
    for (const [id, text] of Object.entries(encryption?.keys ?? {})) {
      const key = Buffer.from(text, "base64")
      this.#derived.set(id, {
        account: derive(key, "account"),
        approval: derive(key, "approval"),
        digest: derive(key, "digest"),
        file: derive(key, "file"),
      })
    }
  }

  /** What new ones are encrypted with. @throws MissingKeyError where there is no key at all */
  present(use: KeyUse): NamedKey {
    if (this.#presentId === null) {
      throw new MissingKeyError(null)
    }
    return this.named(this.#presentId, use)
  }

  /** What is made with any of them can be found again, whichever was the present one then. */
  all(use: KeyUse): NamedKey[] {
    return [...this.#derived].map(([id, keys]) => ({ id, key: keys[use] }))
  }

  /** @throws MissingKeyError */
  named(id: string, use: KeyUse): NamedKey {
    const keys = this.#derived.get(id)
    if (!keys) {
      throw new MissingKeyError(id)
    }
    return { id, key: keys[use] }
  }
}

function derive(key: Buffer, use: KeyUse): Buffer {
  return Buffer.from(hkdfSync("sha256", key, "", uses[use], 32))
}
