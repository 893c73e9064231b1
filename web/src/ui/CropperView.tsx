import { useLingui } from '@lingui/react/macro';
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import { Button } from './Button';
import styles from './Cropper.module.css';
import { Dialog } from './Dialog';
import { dataUrl } from './dataUrl';
import { Slider } from './Slider';

interface CropperProps {
  file: File;
  /** Width through height of the result. */
  ratio: number;
  round?: boolean;
  /** Width of the result in pixels; never larger than what the picture has. */
  width: number;
  title?: string;
  onDone: (result: { blob: Blob; dataUrl: string }) => void;
  onClose: () => void;
}

/** True for pictures that move: cutting would make them stand still. */
async function moves(file: File): Promise<boolean> {
  if (file.type === 'image/gif') return true;
  if (file.type !== 'image/webp' && file.type !== 'image/png') return false;
  const head = new TextDecoder('latin1').decode(await file.slice(0, 4096).arrayBuffer());
  return head.includes('ANIM') || head.includes('acTL');
}

export default function CropperView({ file, ratio, round, width, title, onDone, onClose }: CropperProps) {
  const { t } = useLingui();
  const [image, setImage] = useState<HTMLImageElement | null>(null);
  const [failed, setFailed] = useState(false);
  const [zoom, setZoom] = useState(1);
  const [center, setCenter] = useState({ x: 0.5, y: 0.5 });
  const [busy, setBusy] = useState(false);
  const [animated, setAnimated] = useState(false);
  const frame = useRef<HTMLDivElement>(null);
  const from = useRef<{ x: number; y: number; center: { x: number; y: number } } | null>(null);

  useEffect(() => {
    const address = URL.createObjectURL(file);
    const element = new Image();
    element.onload = () => setImage(element);
    element.onerror = () => setFailed(true);
    element.src = address;
    void moves(file).then(setAnimated);
    return () => URL.revokeObjectURL(address);
  }, [file]);

  const natural = image ? image.naturalWidth / image.naturalHeight : 1;
  // The part of the picture inside the frame, as parts of its width and height.
  const part = {
    w: (natural > ratio ? ratio / natural : 1) / zoom,
    h: (natural > ratio ? 1 : natural / ratio) / zoom,
  };
  const clamp = (at: { x: number; y: number }) => ({
    x: Math.min(1 - part.w / 2, Math.max(part.w / 2, at.x)),
    y: Math.min(1 - part.h / 2, Math.max(part.h / 2, at.y)),
  });
  const at = clamp(center);
  const move = (event: PointerEvent) => {
    const box = frame.current;
    if (!from.current || !box) return;
    setCenter(
      clamp({
        x: from.current.center.x - ((event.clientX - from.current.x) / box.clientWidth) * part.w,
        y: from.current.center.y - ((event.clientY - from.current.y) / box.clientHeight) * part.h,
      }),
    );
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const [x, y] = ({ ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] } as const)[
      event.key
    ] ?? [0, 0];
    if (x || y) setCenter(clamp({ x: at.x + x * part.w * 0.05, y: at.y + y * part.h * 0.05 }));
    else if (event.key === '+') setZoom(Math.min(4, zoom + 0.1));
    else if (event.key === '-') setZoom(Math.max(1, zoom - 0.1));
    else return;
    event.preventDefault();
  };
  const done = async () => {
    if (!image) return;
    setBusy(true);
    let blob: Blob = file;
    if (!animated) {
      const source = { w: part.w * image.naturalWidth, h: part.h * image.naturalHeight };
      const canvas = document.createElement('canvas');
      canvas.width = Math.max(1, Math.round(Math.min(width, source.w)));
      canvas.height = Math.max(1, Math.round(canvas.width / ratio));
      const context = canvas.getContext('2d');
      if (!context) return;
      context.imageSmoothingQuality = 'high';
      const [x, y] = [(at.x - part.w / 2) * image.naturalWidth, (at.y - part.h / 2) * image.naturalHeight];
      context.drawImage(image, x, y, source.w, source.h, 0, 0, canvas.width, canvas.height);
      const made = await new Promise<Blob | null>((resolve) => {
        canvas.toBlob(resolve, file.type === 'image/jpeg' ? 'image/jpeg' : 'image/png', 0.92);
      });
      if (made) blob = made;
    }
    onDone({ blob, dataUrl: await dataUrl(blob) });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      closeOutside={false}
      title={title ?? t`Choose the part to show`}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>{t`Cancel`}</Button>
          <Button
            variant="primary"
            busy={busy}
            disabled={!image}
            onClick={() => void done()}
          >{t`Use picture`}</Button>
        </>
      }
    >
      {failed && <p role="alert">{t`This file is not a picture the browser can read.`}</p>}
      {!failed && (
        // biome-ignore lint/a11y/useSemanticElements: the frame is moved by arrows and has no native counterpart
        <div
          ref={frame}
          role="group"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys move the picture
          tabIndex={0}
          aria-label={t`Part of the picture: arrow keys move it, plus and minus zoom`}
          className={styles.frame}
          data-round={round || undefined}
          style={{ aspectRatio: ratio }}
          onPointerDown={(event) => {
            event.currentTarget.setPointerCapture(event.pointerId);
            from.current = { x: event.clientX, y: event.clientY, center: at };
          }}
          onPointerMove={move}
          onPointerUp={() => {
            from.current = null;
          }}
          onWheel={(event) => setZoom(Math.min(4, Math.max(1, zoom - event.deltaY / 500)))}
          onKeyDown={onKeyDown}
        >
          {image && !animated && (
            <img
              src={image.src}
              alt=""
              draggable={false}
              className={styles.image}
              style={{
                inlineSize: `${100 / part.w}%`,
                insetInlineStart: `${(-(at.x - part.w / 2) / part.w) * 100}%`,
                insetBlockStart: `${(-(at.y - part.h / 2) / part.h) * 100}%`,
              }}
            />
          )}
          {image && animated && <img src={image.src} alt="" className={styles.whole} />}
        </div>
      )}
      {animated ? (
        <p>{t`A moving picture is kept whole.`}</p>
      ) : (
        <Slider
          label={t`Zoom`}
          min={1}
          max={4}
          step={0.05}
          value={zoom}
          format={(value) => `${Math.round(value * 100)} %`}
          onChange={setZoom}
        />
      )}
    </Dialog>
  );
}
