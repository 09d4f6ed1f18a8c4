import { digest } from "../../../gateways/shared/digest"
import { notAllowed } from "../../../shared/errors"
import { type Actor, handOf, requirePerson } from "../actor"
import type { PayoutContext } from "../context"
import { decryptText } from "../crypto/encryption"
import { type KeyRing, MissingKeyError } from "../crypto/keys"
import type { PayoutFile } from "../domain/payout-file"
import { PayoutConflict } from "../domain/state"
import type { Transfer } from "../domain/transfer"
import { addAuditLine } from "../store/beneficiaries"
import { fileOf, lockTransfersOfFile } from "../store/files"
import { presentPause } from "../store/pauses"
import { inTransaction, lockSending } from "../store/transaction"
import { refuseWhilePaused } from "./pause"

export type FileDownload = Pick<PayoutFile, "file_name" | "media_type" | "digest"> & {
  content: Buffer
}

/**
 * The bytes of a file, the same each time; see `PayoutModuleService.downloadFile`. The audit line is committed before
 * anybody sees them: they hold the payees' accounts.
 *
 * @throws PayoutConflict while sending is paused, and where something of it was said to have failed
 */
export async function downloadFile(
  context: PayoutContext,
  id: string,
  actor: Actor
): Promise<FileDownload> {
  requirePerson(actor, "reveal", context.options)
  const file = await inTransaction(context, async (transaction) => {
    // Who has it can pay by it.
    await lockSending(transaction, "share")
    refuseWhilePaused(await presentPause(transaction.query))
    const found = await fileOf(transaction.query, id)
    refuseFailed(found, await lockTransfersOfFile(transaction, id))
    const content = contentOf(context, found)
    await addAuditLine(transaction.query, transaction, id, {
      actor: handOf(actor),
      action: downloaded,
      note: {
        text: `SHA-256 ${found.digest}`,
        code: "file_digest",
        details: { digest: found.digest },
      },
    })
    return { ...found, content }
  })
  const { message_id, provider_id } = file
  await context.announce({
    name: "payout.file.downloaded",
    data: { id, message_id, provider_id, downloaded_by: handOf(actor) },
  })
  return file
}

/** As the audit line of a file says it. */
export const downloaded = "downloaded"

/** @throws PayoutConflict where something of it was said to have failed: it may be paid by another file by now */
function refuseFailed({ message_id }: PayoutFile, transfers: readonly Transfer[]): void {
  const failed = transfers.filter(({ status }) => status === "failed")
  if (failed.length > 0) {
    throw new PayoutConflict(
      `The file ${message_id} is not given out any more: ${failed.length} of its transfers were said to have failed, and ` +
        "may be paid in another way by now. Whoever took it to the bank would pay them twice",
      { code: "file_failed", details: { file: message_id } }
    )
  }
}

/** @throws MissingKeyError; MedusaError not_allowed where the row was changed */
function contentOf({ keys, log }: PayoutContext, file: PayoutFile): Buffer {
  const content = fileContent(keys, file)
  if (content) {
    return content
  }
  log.error(`The payout file ${file.message_id} can't be given out: its row was changed`)
  throw notAllowed(
    `The file ${file.message_id} can't be given out: what is kept of it is not what was made. Somebody wrote to the ` +
      "database: find out who, and pay nothing of it",
    { code: "file_altered", details: { file: file.message_id } }
  )
}

/** What was made; undefined where the row was changed since. @throws MissingKeyError */
export function fileContent(
  keys: KeyRing,
  { id, digest: made, encrypted_content: encrypted, key_id: keyId }: PayoutFile
): Buffer | undefined {
  try {
    const content = Buffer.from(decryptText(keys, "file", id, { encrypted, keyId }), "utf8")
    return digest("sha256", [content]).toString("hex") === made ? content : undefined
  } catch (error) {
    if (error instanceof MissingKeyError) {
      throw error
    }
    // Whatever else it was that failed may quote the file.
    return undefined
  }
}
