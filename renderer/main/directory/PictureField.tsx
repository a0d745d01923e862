// PictureField: a person's picture, chosen from a file and made small before it is kept.
import { useRef, type ChangeEvent, type ReactNode } from 'react';
import { Avatar, Button, showToast, t } from '../../common/index.ts';

export interface PictureFieldProps {
  name: string;
  /** A data URL; undefined: none. */
  picture: string | undefined;
  onChange: (picture: string | undefined) => void;
}

/** Edge of a kept picture, px: the largest face drawn has 60 px, on a screen of three times the density. */
const edge = 192;

export function PictureField({ name, picture, onChange }: PictureFieldProps): ReactNode {
  const file = useRef<HTMLInputElement>(null);
  const onFile = (event: ChangeEvent<HTMLInputElement>) => {
    const [chosen] = event.target.files ?? [];
    event.target.value = '';
    if (chosen) void small(chosen).then(onChange, () => showToast({ kind: 'problem', text: t('main:badPicture') }));
  };
  return (
    <div className="picture-field" role="group" aria-label={t('main:picture')}>
      <Avatar name={name} size="xl" picture={picture} />
      <input ref={file} type="file" hidden accept="image/png,image/jpeg,image/webp" onChange={onFile} />
      <Button small icon="image" onClick={() => file.current?.click()}>
        {t('main:choosePicture')}
      </Button>
      {picture !== undefined && (
        <Button small kind="plain" onClick={() => onChange(undefined)}>
          {t('main:removePicture')}
        </Button>
      )}
    </div>
  );
}

/** The middle of the picture as a square JPEG, some kilobytes. Rejects when it is no picture. */
async function small(file: File): Promise<string> {
  const image = await createImageBitmap(file);
  const side = Math.min(image.width, image.height);
  const canvas = document.createElement('canvas');
  canvas.width = edge;
  canvas.height = edge;
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error('There is no canvas.');
  // A see-through picture would be black as JPEG.
  pen.fillStyle = '#ffffff';
  pen.fillRect(0, 0, edge, edge);
  pen.imageSmoothingQuality = 'high';
  pen.drawImage(image, (image.width - side) / 2, (image.height - side) / 2, side, side, 0, 0, edge, edge);
  image.close();
  return canvas.toDataURL('image/jpeg', 0.85);
}
