/** How much of something is done; without numbers where that is not known. */
export function ProgressBar({
  label,
  done,
  total,
}: {
  label: string
  done: number | undefined
  total: number
}) {
  const isKnown = done !== undefined && total > 0
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={total}
      {...(isKnown ? { "aria-valuenow": done } : {})}
      className="bg-ui-bg-switch-off h-2 w-full overflow-hidden rounded-full"
    >
      <div
        className={`bg-ui-fg-interactive h-full rounded-full transition-[width] ${isKnown ? "" : "animate-pulse"}`}
        style={{ width: isKnown ? `${(100 * done) / total}%` : "100%" }}
      />
    </div>
  )
}
