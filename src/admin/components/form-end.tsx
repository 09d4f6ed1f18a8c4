import { Button, Hint } from "@medusajs/ui"
import { isLoggedOut } from "../lib/client"
import { useWords } from "../lib/words"
import { LogIn } from "./problem"

/**
 * The end of a form: what it was refused with, and its buttons. What was typed stays until it is sent.
 *
 * @param submit what the button does; left out where there is nothing more to do
 */
export function FormEnd({
  error,
  failure,
  cancel,
  onCancel,
  submit,
  isBlocked = false,
  isBusy = false,
  isDangerous = false,
}: {
  error?: unknown
  /** Where the page has words of its own for it. */
  failure?: (error: unknown) => string
  cancel?: string
  onCancel?: () => void
  submit?: string
  isBlocked?: boolean
  isBusy?: boolean
  isDangerous?: boolean
}) {
  const words = useWords()
  return (
    <>
      {Boolean(error) && (
        <Hint variant="error" role="alert" className="whitespace-pre-line break-words">
          {(failure ?? words.failure)(error)}
          {isLoggedOut(error) && <LogIn />}
        </Hint>
      )}
      <div className="flex flex-wrap justify-end gap-2 empty:hidden">
        {onCancel && (
          <Button type="button" size="small" variant="secondary" onClick={onCancel}>
            {cancel ?? words.t("common.cancel")}
          </Button>
        )}
        {submit !== undefined && (
          <Button
            type="submit"
            size="small"
            variant={isDangerous ? "danger" : "primary"}
            disabled={isBlocked}
            isLoading={isBusy}
          >
            {submit}
          </Button>
        )}
      </div>
    </>
  )
}
