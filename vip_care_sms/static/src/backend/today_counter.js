import { TodayTask } from "@vip_care/backend/today/today_task";
import { SmsCounter } from "./counter";

// The editor of the words says what they take as a text message.
TodayTask.components = { ...TodayTask.components, SmsCounter };
