// The page's behaviour: small modules over what the server renders. None of them holds anything of the field.

import "./live.js";
import "./settings.js";
import "./picture.js";
