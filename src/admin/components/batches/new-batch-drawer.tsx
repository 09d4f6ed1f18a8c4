import { toast } from "@medusajs/ui"
import { useNavigate } from "react-router-dom"
import { useDraft } from "../../lib/draft"
import { FormEnd } from "../form-end"
import { TextField } from "../form-fields"
import { SideDrawer } from "../side-drawer"
import { useMakeBatch } from "./api"
import { useBatchWords } from "./words"

/** Puts transfers together, under a name and, if it is to be, for a later day. */
export function NewBatchDrawer({
  transferIds,
  onClose,
}: {
  transferIds: string[]
  onClose: () => void
}) {
  const { t, count } = useBatchWords()
  const navigate = useNavigate()
  const make = useMakeBatch()
  const [label, setLabel, forgetLabel] = useDraft("payout-batch:label")
  const [time, setTime, forgetTime] = useDraft("payout-batch:send-at")
  const said = { count: transferIds.length, number: count(transferIds.length) }

  const run = async () => {
    const batch = await make.mutateAsync({
      transfer_ids: transferIds,
      ...(label.trim() ? { label: label.trim() } : {}),
      ...(time ? { send_at: new Date(time).toISOString() } : {}),
    })
    forgetLabel()
    forgetTime()
    toast.success(t("batches.make.done", said))
    navigate(`/payouts/batches/${batch.id}`)
  }

  return (
    <SideDrawer title={t("batches.make.title", said)} onClose={onClose}>
      <form
        className="flex flex-col gap-y-4 px-6 py-4"
        onSubmit={(event) => {
          event.preventDefault()
          run().catch(() => {}) // shown below
        }}
      >
        <TextField
          autoFocus
          label={t("batches.make.label")}
          hint={t("batches.make.labelHint")}
          maxLength={200}
          value={label}
          onChange={setLabel}
        />
        <TextField
          type="datetime-local"
          label={t("batches.make.sendAt")}
          hint={t("batches.make.sendAtHint")}
          value={time}
          onChange={setTime}
        />
        <FormEnd
          error={make.error}
          onCancel={onClose}
          submit={t("batches.make.submit", said)}
          isBusy={make.isPending}
        />
      </form>
    </SideDrawer>
  )
}
