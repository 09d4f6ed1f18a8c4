import { Button, toast } from "@medusajs/ui"
import { useState } from "react"
import { Form, FormEnd, NoteField, TextField } from "../form-fields"
import { usePayoutWords } from "../payouts/words"
import { CopyFact, Fact } from "../section"
import { SideDrawer } from "../side-drawer"
import { type Metadata, metadataOf, metadataText } from "./metadata-text"

/** What the shop keeps with a beneficiary or a transfer for itself: its own id of it, and metadata. Nothing of it is sent. */
export function OwnFieldsFacts({
  fields,
  mayEdit,
  save,
}: {
  fields: OwnFields
  mayEdit: boolean
  save: SaveOwnFields
}) {
  const { t } = usePayoutWords()
  const [isEditing, setIsEditing] = useState(false)
  const { external_id, metadata } = fields
  return (
    <>
      {external_id !== null && <CopyFact label={t("payouts.externalId")} value={external_id} />}
      {Object.entries(metadata ?? {}).map(([key, value]) => (
        <Fact key={key} label={t("ownFields.metadataOf", { key })}>
          <span className="whitespace-pre-line">{String(value)}</span>
        </Fact>
      ))}
      {mayEdit && (
        <div className="px-6 py-3">
          <Button size="small" variant="secondary" onClick={() => setIsEditing(true)}>
            {t("ownFields.open")}
          </Button>
        </div>
      )}
      {isEditing && (
        <EditOwnFields fields={fields} save={save} onClose={() => setIsEditing(false)} />
      )}
    </>
  )
}

type OwnFields = { external_id: string | null; metadata: Metadata | null }

type SaveOwnFields = {
  mutateAsync: (change: OwnFields) => Promise<unknown>
  error: unknown
  isPending: boolean
}

/** Changes the shop's own id and metadata; that takes no approval back. */
function EditOwnFields({
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
      <Form onSubmit={submit}>
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
      </Form>
    </SideDrawer>
  )
}

/** A line of `key = value` for each thing that the shop keeps with a row for itself. */
export function MetadataField({
  lines,
  before = null,
  onChange,
}: {
  lines: string
  /** What stands there now; null of a new row. */
  before?: Metadata | null
  onChange: (lines: string) => void
}) {
  const { t } = usePayoutWords()
  const metadata = metadataOf(lines, before)
  return (
    <NoteField
      label={t("beneficiaries.optional", { field: t("ownFields.metadata") })}
      value={lines}
      rows={before === null ? 2 : 6}
      maxLength={30_000}
      onChange={onChange}
      hint={t("ownFields.metadataHint")}
      problem={
        typeof metadata === "number" ? t("ownFields.metadataLine", { line: metadata }) : undefined
      }
    />
  )
}
