// The heavy primitives, whose code comes when they are shown.
import { type ComponentProps, lazy, Suspense } from 'react';
import { Skeleton } from './States';

const QrView = lazy(() => import('./QrView'));
const CropperView = lazy(() => import('./CropperView'));

export function QR(props: ComponentProps<typeof QrView>) {
  const size = props.size ?? 184;
  return (
    <Suspense fallback={<Skeleton shape="block" width={size} height={size} />}>
      <QrView {...props} />
    </Suspense>
  );
}

/** A dialog that cuts a picture to a shape; gives the cut picture, or the file itself if it moves. */
export function Cropper(props: ComponentProps<typeof CropperView>) {
  return (
    <Suspense>
      <CropperView {...props} />
    </Suspense>
  );
}
