import { Text } from "@medusajs/ui"
import { useAbilities } from "../../lib/abilities"
import { isConflict } from "../../lib/client"
import { useDraft } from "../../lib/draft"
import { useDoOnce } from "../ask-once"
import { FormEnd } from "../form-end"
import { NoteField } from "../form-fields"
import { useEndImport, type Import } from "./api"
import { isBrokenOff } from "./broken-off"
import { useImportWords } from "./words"

/** Of a reason, which has to be given. */
const shortestReason = 3

/**
 * Ends an import that broke off, with the reason that whoever sent the file reads. Nothing is shown of one that goes on or
 * has ended, but what somebody was refused with just now.
 *
 * @param asOf when the server was asked, in milliseconds
 */
export function EndImport({ found, asOf }: { found: Import; asOf: number }) {
  const { t, failure } = useImportWords()
  const { may } = useAbilities()
  const doOnce = useDoOnce()
  const end = useEndImport(found.id)
  const [reason, setReason, forget] = useDraft(`payout-import:${found.id}:end`)
  const mayEnd = isBrokenOff(found, asOf)
  if (!may?.("payout_transfer:create") || (!mayEnd && end.error === null)) {
    return null
  }
  const said = { name: found.file_name ?? t("imports.unnamed") }

  const run = async () => {
    const isDone = await doOnce(
      {
        title: t("imports.end.title", said),
        description: t("imports.end.ask"),
        confirm: t("imports.end.label"),
        isDangerous: true,
      },
      async () => await end.mutateAsync(reason.trim()),
      t("imports.end.done", said)
    )
    if (isDone) {
      forget()
    }
  }

  return (
    <form
      className="flex flex-col gap-y-3 px-6 py-4"
      aria-label={t("imports.end.label")}
      onSubmit={(event) => {
        event.preventDefault()
        void run()
      }}
    >
      {mayEnd && (
        <>
          <Text size="small" className="text-ui-fg-subtle">
            {t("imports.end.brokeOff")}
          </Text>
          <NoteField
            label={t("imports.end.reason")}
            hint={t("imports.end.hint")}
            value={reason}
            onChange={setReason}
          />
        </>
      )}
      <FormEnd
        error={end.error}
        failure={(error) => (isConflict(error) ? t("imports.end.goesOn") : failure(error))}
        {...(mayEnd ? { submit: t("imports.end.label") } : {})}
        isBlocked={reason.trim().length < shortestReason}
        isBusy={end.isPending}
        isDangerous
      />
    </form>
  )
}
