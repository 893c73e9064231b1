// The entrance to the person's own settings: the page named in the address.
import { useParams } from '@tanstack/react-router';

export default function Settings() {
  const { page } = useParams({ strict: false });
  return <p>{page}</p>;
}
