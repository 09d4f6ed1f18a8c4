import { toast } from "@medusajs/ui"
import { useState } from "react"
import { FormEnd } from "../form-end"
import { TextField } from "../form-fields"
import { usePayoutWords } from "../payouts/words"
import { SideDrawer } from "../side-drawer"
import { MetadataField } from "./metadata-field"
import { metadataOf, metadataText, type Metadata } from "./metadata-text"

export type OwnFields = { external_id: string | null; metadata: Metadata | null }

export type SaveOwnFields = {
  mutateAsync: (change: OwnFields) => Promise<unknown>
  error: unknown
  isPending: boolean
}

/** Changes the shop's own id and metadata; that takes no approval back. */
export function EditOwnFields({
  fields,
  save,
  onClose,
}: {
  fields: OwnFields
  save: SaveOwnFields
  onClose: () => void
}) {
  const { t } = usePayoutWords()
  const [externalId, setExternalId] = useState(fields.external_id ?? "")
  const [lines, setLines] = useState(() => metadataText(fields.metadata))
  const metadata = metadataOf(lines, fields.metadata)
  const isWrong = typeof metadata === "number"
  const submit = async () => {
    if (isWrong) {
      return
    }
    try {
      await save.mutateAsync({ external_id: externalId.trim() || null, metadata })
      toast.success(t("ownFields.done"))
      onClose()
    } catch {
      // shown by the form, with what was typed
    }
  }
  return (
    <SideDrawer title={t("ownFields.title")} onClose={onClose}>
      <form
        className="flex flex-col gap-y-4 px-6 py-4"
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <TextField
          label={t("beneficiaries.optional", { field: t("payouts.externalId") })}
          value={externalId}
          maxLength={255}
          onChange={setExternalId}
          hint={t("beneficiaries.externalIdHint")}
        />
        <MetadataField lines={lines} before={fields.metadata} onChange={setLines} />
        <FormEnd
          error={save.error}
          onCancel={onClose}
          submit={t("ownFields.submit")}
          isBlocked={isWrong}
          isBusy={save.isPending}
        />
      </form>
    </SideDrawer>
  )
}
